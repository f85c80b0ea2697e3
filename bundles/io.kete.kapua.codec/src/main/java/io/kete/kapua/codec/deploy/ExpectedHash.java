// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * What a download has to give, written {@code ALGORITHM:hex} as with Kura.
 *
 * @param algorithm as Java names it
 * @param hex in lower case
 */
public record ExpectedHash(String algorithm, String hex) {

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "MD5", "MD5",
          "SHA1", "SHA-1",
          "SHA256", "SHA-256",
          "SHA384", "SHA-384",
          "SHA512", "SHA-512");

  /** Reads one. */
  public static ExpectedHash parse(String text) throws BadOrderException {
    String[] parts = text.split(":", -1);
    String algorithm = ALGORITHMS.get(parts[0].strip().toUpperCase(Locale.ROOT).replace("-", ""));
    if (parts.length != 2 || algorithm == null) {
      throw new BadOrderException(
          "dp.download.hash is written ALGORITHM:hex with SHA-256, SHA-384, SHA-512, SHA-1 or MD5");
    }
    ExpectedHash hash = new ExpectedHash(algorithm, parts[1].strip().toLowerCase(Locale.ROOT));
    if (!hash.hex.matches("[0-9a-f]+")
        || hash.hex.length() != 2 * hash.digest().getDigestLength()) {
      throw new BadOrderException(
          "dp.download.hash: that is not a " + algorithm + " in hexadecimal");
    }
    return hash;
  }

  /** A fresh digest of that algorithm. */
  public MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  /** Whether those bytes are it. */
  public boolean matches(byte[] found) {
    return HexFormat.of().formatHex(found).equals(hex);
  }
}
