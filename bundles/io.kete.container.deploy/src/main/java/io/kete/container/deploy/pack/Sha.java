// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal. */
public final class Sha {

  private static final int PIECE = 1 << 13;

  private Sha() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String end(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a text in UTF-8. */
  public static String of(String text) {
    MessageDigest digest = start();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return end(digest);
  }

  /** Of bytes. */
  public static String of(byte[] bytes) {
    MessageDigest digest = start();
    digest.update(bytes);
    return end(digest);
  }

  /** Of a file. */
  public static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /** Of what a stream gives; it is not closed. */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = start();
    drain(new DigestInputStream(in, digest));
    return end(digest);
  }

  static void drain(InputStream in) throws IOException {
    byte[] piece = new byte[PIECE];
    int read = 0;
    while (read >= 0) {
      read = in.read(piece);
    }
  }
}
