// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;

/** What a device offers to protect short texts, under a secret of its own. */
final class TestCrypto {

  private static final int NONCE = 12;

  private TestCrypto() {}

  static CryptoService of(String secret) {
    return (CryptoService)
        Proxy.newProxyInstance(
            CryptoService.class.getClassLoader(),
            new Class<?>[] {CryptoService.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "encryptAes" -> encrypt(secret, (char[]) arguments[0]);
                  case "decryptAes" -> decrypt(secret, (char[]) arguments[0]);
                  default -> throw new AssertionError(method.getName());
                });
  }

  private static char[] encrypt(String secret, char[] text) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    byte[] sealed =
        cipher(Cipher.ENCRYPT_MODE, secret, nonce)
            .doFinal(new String(text).getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, both, NONCE, sealed.length);
    return Base64.getEncoder().encodeToString(both).toCharArray();
  }

  private static char[] decrypt(String secret, char[] text) throws KuraException {
    try {
      byte[] both = Base64.getDecoder().decode(new String(text));
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, secret, Arrays.copyOf(both, NONCE))
              .doFinal(both, NONCE, both.length - NONCE);
      return new String(plain, StandardCharsets.UTF_8).toCharArray();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, "value");
    }
  }

  private static Cipher cipher(int mode, String secret, byte[] nonce)
      throws GeneralSecurityException {
    byte[] key =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    return cipher;
  }
}
