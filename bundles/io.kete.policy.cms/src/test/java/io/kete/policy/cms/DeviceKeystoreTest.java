// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceKeystoreTest {

  private static final byte[] CONTENT = {1, 2, 3};

  private final Map<Object, KeyStore.Entry> entries = new HashMap<>();
  private final Identity made = Identity.ec("made");

  /** A keystore that makes one and the same pair. */
  private final KeystoreService keystore =
      (KeystoreService)
          Proxy.newProxyInstance(
              DeviceKeystoreTest.class.getClassLoader(),
              new Class<?>[] {KeystoreService.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("createKeyPair")) {
                  Certificate[] chain = {made.certificate()};
                  entries.put(
                      arguments[0], new KeyStore.PrivateKeyEntry(made.keys().getPrivate(), chain));
                  return null;
                } else if (method.getName().equals("getEntry")) {
                  return entries.get(arguments[0]);
                }
                throw new UnsupportedOperationException(method.getName());
              });

  private static boolean signedBy(PolicyBench bench, Identity identity) throws Exception {
    try (InputStream in = new ByteArrayInputStream(CONTENT)) {
      ByteBuffer signature = bench.policy().sign(in).orElseThrow();
      CMSSignedData data =
          new CMSSignedData(new CMSProcessableByteArray(CONTENT), Centre.bytes(signature));
      return data.getSignerInfos()
              .getSigners()
              .iterator()
              .next()
              .getSID()
              .match(
                  new org.bouncycastle.cert.jcajce.JcaX509CertificateHolder(identity.certificate()))
          && data.getSignerInfos()
              .getSigners()
              .iterator()
              .next()
              .verify(new JcaSimpleSignerInfoVerifierBuilder().build(identity.certificate()));
    }
  }

  @Test
  void signsWithTheKeyOfAKeystoreAsLongAsThereIsOne(@TempDir Path folder) throws Exception {
    PolicyBench bench = PolicyBench.unsigned(folder, SealingTest.DOCUMENT);
    bench.policy().bindKeystore(keystore);

    assertThat(signedBy(bench, made)).isTrue();
    assertThat(folder.resolve("data/device.p12")).doesNotExist();
    assertThat(Files.readString(folder.resolve("data/device.pem")).strip())
        .isEqualTo(made.pem().strip());

    bench.policy().unbindKeystore(keystore);
    assertThat(signedBy(bench, made)).isFalse();
    assertThat(folder.resolve("data/device.p12")).exists();
    bench.close();
  }
}
