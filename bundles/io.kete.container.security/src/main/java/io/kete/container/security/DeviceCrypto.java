// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Protects the passwords of the configuration with AES-256-GCM under the secret of this device. The
 * form is Kura's: Base64 of the nonce, a hyphen, Base64 of the ciphertext with its tag.
 */
@Component(name = DeviceCrypto.NAME, service = CryptoService.class, immediate = true)
public final class DeviceCrypto implements CryptoService {

  static final String NAME = "io.kete.container.security.DeviceCrypto";

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int MAX_TEXT = 1 << 20;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, char[]> storePasswords = new ConcurrentHashMap<>();

  /** Called by the container. */
  @Activate
  public DeviceCrypto(BundleContext context) {
    this(GatewaySecret.of(context));
  }

  DeviceCrypto(byte[] secret) {
    this.key = new SecretKeySpec(secret, "AES");
  }

  @Override
  public char[] encryptAes(char[] value) throws KuraException {
    byte[] plain = bytes(value);
    try {
      return encrypted(plain).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, "value");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  @Override
  public char[] decryptAes(char[] encryptedValue) throws KuraException {
    try {
      byte[] plain = decrypted(new String(encryptedValue));
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain));
      char[] text = new char[chars.remaining()];
      chars.get(text);
      Arrays.fill(plain, (byte) 0);
      return text;
    } catch (GeneralSecurityException | CharacterCodingException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, "value");
    }
  }

  private static byte[] bytes(char[] value) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(value));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    encoded.clear();
    encoded.put(new byte[encoded.capacity()]);
    return bytes;
  }

  private String encrypted(byte[] plain) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    byte[] sealed = cipher.doFinal(plain);
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(nonce) + "-" + base64.encodeToString(sealed);
  }

  private byte[] decrypted(String text) throws GeneralSecurityException {
    int hyphen = text.indexOf('-');
    if (hyphen < 0 || text.length() > MAX_TEXT) {
      throw new BadPaddingException("not a text this service made");
    }
    try {
      byte[] nonce = Base64.getDecoder().decode(text.substring(0, hyphen));
      byte[] sealed = Base64.getDecoder().decode(text.substring(hyphen + 1));
      if (nonce.length != NONCE_BYTES || sealed.length < TAG_BITS / 8) {
        throw new BadPaddingException("not a text this service made");
      }
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(sealed);
    } catch (IllegalArgumentException e) {
      throw new BadPaddingException("not a text this service made");
    }
  }

  @Deprecated
  @Override
  public String encryptAes(String value) {
    try {
      return encrypted(value.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM/NoPadding", e);
    }
  }

  @Deprecated
  @Override
  public String decryptAes(String encryptedValue) throws BadPaddingException {
    try {
      return new String(decrypted(encryptedValue), StandardCharsets.UTF_8);
    } catch (BadPaddingException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new BadPaddingException(e.getMessage());
    }
  }

  @Override
  public String hash(String s, String algorithm) throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance(algorithm).digest(s.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }

  @Override
  public String encodeBase64(String stringValue) {
    return Base64.getEncoder().encodeToString(stringValue.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String decodeBase64(String encodedValue) {
    return new String(Base64.getDecoder().decode(encodedValue), StandardCharsets.UTF_8);
  }

  @Override
  public char @Nullable [] getKeyStorePassword(String keyStorePath) {
    char[] kept = storePasswords.get(keyStorePath);
    try {
      return kept == null ? null : decryptAes(kept);
    } catch (KuraException e) {
      throw new IllegalStateException("encrypted by this very service", e);
    }
  }

  /** Kept until the gateway stops, encrypted. */
  @Override
  public void setKeyStorePassword(String keyStorePath, char[] password) throws KuraException {
    storePasswords.put(keyStorePath, encryptAes(password));
  }

  @Deprecated
  @Override
  public void setKeyStorePassword(String keyStorePath, String password) throws IOException {
    try {
      setKeyStorePassword(keyStorePath, password.toCharArray());
    } catch (KuraException e) {
      throw new IOException(e);
    }
  }

  /** Nothing unsigned is loaded, but the framework's own checks are off. */
  @Override
  public boolean isFrameworkSecure() {
    return false;
  }
}
