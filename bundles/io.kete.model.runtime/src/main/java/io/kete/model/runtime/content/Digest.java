// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal. */
public final class Digest {

  private static final int DIGITS = 64;

  /**
   * A file that was read to its end.
   *
   * @param hex its digest
   * @param size its length
   */
  record Measured(String hex, int size) {}

  private static final int PIECE = 1 << 13;

  private Digest() {}

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads at most so many bytes and one more. */
  static Measured of(InputStream in, int most) throws IOException {
    MessageDigest sha = sha256();
    byte[] piece = new byte[PIECE];
    int size = 0;
    for (int read = in.read(piece); read >= 0 && size <= most; read = in.read(piece)) {
      sha.update(piece, 0, read);
      size += read;
    }
    return new Measured(HexFormat.of().formatHex(sha.digest()), size);
  }

  static String of(ByteBuffer bytes) {
    MessageDigest sha = sha256();
    sha.update(bytes.duplicate());
    return HexFormat.of().formatHex(sha.digest());
  }

  static String of(String text) {
    return of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether the text could be a digest. */
  public static boolean isDigest(String text) {
    return text.length() == DIGITS
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
