// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The secret of this device: 32 random bytes in a file that only its owner can read, made at the
 * first start. A secret that others know, or that others can read, is refused.
 */
final class DeviceSecret {

  static final int BYTES = 32;

  private static final int MAX_FILE = 1024;

  /** What is printed in manuals, shipped as a default, or typed first. */
  private static final Set<String> KNOWN =
      Set.of(
          "rv;ipse329183!@#",
          "changeit",
          "changeme",
          "change_me",
          "default",
          "password",
          "secret",
          "kura",
          "kapua",
          "kete",
          "admin",
          "test",
          "0123456789abcdef",
          "0123456789abcdef0123456789abcdef");

  private DeviceSecret() {}

  /**
   * Reads the secret, or makes it.
   *
   * @throws IOException if it can neither be read nor made
   * @throws IllegalStateException if it is no secret; the message says what to do
   */
  static byte[] of(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    checkReaders(file);
    if (Files.size(file) > MAX_FILE) {
      throw refused(file, "it is not a secret of this gateway");
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    byte[] secret = decoded(file, text);
    if (isKnown(text) || isKnown(new String(secret, StandardCharsets.ISO_8859_1))) {
      throw refused(file, "it is a known default");
    }
    if (secret.length != BYTES) {
      throw refused(file, "it holds " + secret.length + " bytes instead of " + BYTES);
    }
    return secret;
  }

  /** Whether a text is a secret everybody knows, or a single character again and again. */
  static boolean isKnown(String text) {
    String plain = text.replace("\0", "").toLowerCase(Locale.ROOT);
    return KNOWN.contains(plain) || plain.chars().distinct().count() <= 2;
  }

  private static byte[] decoded(Path file, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw refused(file, isKnown(text) ? "it is a known default" : "it is not Base64");
    }
  }

  private static void checkReaders(Path file) throws IOException {
    if (!OwnerFile.hasPermissions(file)) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    Set<PosixFilePermission> owner =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (!owner.containsAll(permissions)) {
      throw refused(file, "others may use it (" + PosixFilePermissions.toString(permissions) + ")");
    }
  }

  private static IllegalStateException refused(Path file, String why) {
    return new IllegalStateException(
        "the secret in "
            + file
            + " is refused: "
            + why
            + "; chmod 600 a good one, or remove the file and set the passwords again");
  }

  private static void create(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    OwnerFile.write(file, Base64.getEncoder().encode(secret));
  }
}
