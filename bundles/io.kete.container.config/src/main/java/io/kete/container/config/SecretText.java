// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The text of a password in a document. With {@code encrypted="true"} it is either Base64 of the
 * clear text, as consoles send it, or what CryptoService made of it: Base64 of the nonce, a hyphen,
 * Base64 of the ciphertext. Base64 has no hyphen, so one cannot be taken for the other.
 */
final class SecretText {
  private static final Pattern SEALED =
      Pattern.compile("[A-Za-z0-9+/]{16,32}={0,2}-[A-Za-z0-9+/]+={0,2}");

  private SecretText() {}

  /** Whether the text has the form CryptoService gives to a password. */
  static boolean isSealed(String text) {
    return SEALED.matcher(text).matches();
  }

  /**
   * The password, in clear or sealed as it was.
   *
   * @throws IllegalArgumentException when it is neither Base64 nor sealed
   */
  static String read(String text) {
    String bare = text.replaceAll("\\s", "");
    return isSealed(bare)
        ? bare
        : new String(Base64.getDecoder().decode(bare), StandardCharsets.UTF_8);
  }

  /** The text that {@link #read} turns back. */
  static String written(String password) {
    return isSealed(password)
        ? password
        : Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
  }
}
