// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.Test;

class DeviceCryptoTest {

  private static byte[] secret(int seed) {
    byte[] secret = new byte[DeviceSecret.BYTES];
    new Random(seed).nextBytes(secret);
    return secret;
  }

  private final DeviceCrypto crypto = new DeviceCrypto(secret(1));

  @Test
  void whatWasEncryptedComesBack() throws KuraException {
    for (String text : new String[] {"", "secret", "pässwörd €", "x".repeat(10_000)}) {
      assertThat(new String(crypto.decryptAes(crypto.encryptAes(text.toCharArray()))))
          .isEqualTo(text);
    }
  }

  @Test
  @SuppressWarnings("deprecation") // old peers call it
  void theOldMethodsGiveTheSameForm() throws Exception {
    assertThat(crypto.decryptAes(crypto.encryptAes("secret"))).isEqualTo("secret");
    assertThat(new String(crypto.decryptAes(crypto.encryptAes("secret").toCharArray())))
        .isEqualTo("secret");
  }

  @Test
  void theSameTextIsEncryptedDifferentlyEachTime() throws KuraException {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(new String(crypto.encryptAes("secret".toCharArray())));
    }
    assertThat(seen).hasSize(1000).noneMatch(text -> text.contains("secret"));
  }

  @Test
  void anotherDeviceCannotDecrypt() throws KuraException {
    char[] encrypted = crypto.encryptAes("secret".toCharArray());

    assertThatThrownBy(() -> new DeviceCrypto(secret(2)).decryptAes(encrypted))
        .isInstanceOf(KuraException.class);
  }

  @Test
  void everyChangeIsNoticedAndNothingCrashes() throws KuraException {
    String encrypted = new String(crypto.encryptAes("secret".toCharArray()));
    Random random = new Random(4);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder changed = new StringBuilder(encrypted);
      for (int n = random.nextInt(3); n >= 0; n--) {
        changed.setCharAt(random.nextInt(changed.length()), (char) random.nextInt(128));
      }
      if (i % 3 == 0) {
        changed.setLength(random.nextInt(changed.length()));
      }
      try {
        // Base64 knows bits and padding that stand for nothing; any other change shows
        assertThat(crypto.decryptAes(changed.toString().toCharArray()))
            .isEqualTo("secret".toCharArray());
      } catch (KuraException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(18_000);
  }

  @Test
  void digestsAreKurasForm() throws Exception {
    assertThat(crypto.sha256Hash("abc")).isEqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    assertThat(crypto.decodeBase64(crypto.encodeBase64("ä"))).isEqualTo("ä");
  }

  @Test
  void passwordsOfKeystoresAreKept() throws KuraException {
    assertThat(crypto.getKeyStorePassword("a")).isNull();
    crypto.setKeyStorePassword("a", "one".toCharArray());
    assertThat(crypto.getKeyStorePassword("a")).isEqualTo("one".toCharArray());
  }
}
