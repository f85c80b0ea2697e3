// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 in hexadecimal. */
public final class Digest {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  private Digest() {}

  static String of(ByteBuffer bytes) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(bytes.duplicate());
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String of(String text) {
    return of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether the text could be a digest. */
  public static boolean isDigest(String text) {
    return FORM.matcher(text).matches();
  }
}
