// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.crypto;

import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import org.eclipse.kura.KuraException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Encrypts with the gateway's own secret. Ciphertexts hold for this gateway only. */
@ProviderType
public interface CryptoService {
  /**
   * Encrypts.
   *
   * @throws KuraException when it fails
   */
  char[] encryptAes(char[] value) throws KuraException;

  /**
   * Decrypts what {@link #encryptAes(char[])} gave.
   *
   * @throws KuraException when it was encrypted elsewhere or altered
   */
  char[] decryptAes(char[] encryptedValue) throws KuraException;

  /** Encrypts; the method with characters is preferred, they can be overwritten. */
  @Deprecated
  String encryptAes(String value)
      throws NoSuchAlgorithmException,
          NoSuchPaddingException,
          InvalidKeyException,
          IllegalBlockSizeException,
          BadPaddingException;

  /** Decrypts; the method with characters is preferred, they can be overwritten. */
  @Deprecated
  String decryptAes(String encryptedValue)
      throws NoSuchAlgorithmException,
          NoSuchPaddingException,
          InvalidKeyException,
          IOException,
          IllegalBlockSizeException,
          BadPaddingException;

  /** The SHA-1 digest as {@link #hash} gives it; for old peers only. */
  default String sha1Hash(String s) throws NoSuchAlgorithmException, UnsupportedEncodingException {
    return hash(s, "SHA-1");
  }

  /** The SHA-256 digest as {@link #hash} gives it. */
  default String sha256Hash(String s)
      throws NoSuchAlgorithmException, UnsupportedEncodingException {
    return hash(s, "SHA-256");
  }

  /**
   * The Base64 form of a digest of the text's UTF-8 bytes.
   *
   * @throws NoSuchAlgorithmException when the JVM has no such digest
   */
  String hash(String s, String algorithm)
      throws NoSuchAlgorithmException, UnsupportedEncodingException;

  /** The Base64 form of the text's UTF-8 bytes. */
  String encodeBase64(String stringValue)
      throws NoSuchAlgorithmException, UnsupportedEncodingException;

  /** The text whose UTF-8 bytes the Base64 form holds. */
  String decodeBase64(String encodedValue)
      throws NoSuchAlgorithmException, UnsupportedEncodingException;

  /** The password of that key store file, or null when none is kept. */
  char @Nullable [] getKeyStorePassword(String keyStorePath);

  /**
   * Keeps the password of that key store file, encrypted.
   *
   * @throws KuraException when it cannot be kept
   */
  void setKeyStorePassword(String keyStorePath, char[] password) throws KuraException;

  /** Keeps the password; the method with characters is preferred, they can be overwritten. */
  @Deprecated
  void setKeyStorePassword(String keyStorePath, String password) throws IOException;

  /** Whether the host checks what is loaded into it. */
  boolean isFrameworkSecure();
}
