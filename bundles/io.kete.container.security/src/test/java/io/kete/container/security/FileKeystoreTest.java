// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.net.ssl.X509KeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeystoreTest {

  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final X500Principal NAME = new X500Principal("CN=pump house");

  @TempDir Path folder;
  private final List<KeystoreChangedEvent> events = new ArrayList<>();

  private Path file() {
    return folder.resolve("security/keystore.p12");
  }

  private FileKeystore keystore(int device, String password) {
    byte[] secret = new byte[DeviceSecret.BYTES];
    new Random(device).nextBytes(secret);
    return new FileKeystore("Keys", file(), secret, password::toCharArray, CLOCK, events::add);
  }

  private FileKeystore keystore() {
    return keystore(1, "");
  }

  private static void createPair(FileKeystore keystore, String alias) throws KuraException {
    keystore.createKeyPair(
        alias, "EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA", NAME.getName());
  }

  private static KeyStore.PrivateKeyEntry pair(FileKeystore keystore, String alias)
      throws KuraException {
    return (KeyStore.PrivateKeyEntry)
        Objects.requireNonNull(keystore.getEntry(alias), alias + " is not there");
  }

  private static KuraErrorCode codeOf(KuraException e) {
    return e.getCode();
  }

  @Test
  void aPairIsMadeOnTheDeviceAndIsThereAfterARestart() throws Exception {
    createPair(keystore(), "gateway");

    KeyStore.PrivateKeyEntry entry = pair(keystore(), "gateway");
    X509Certificate certificate = (X509Certificate) entry.getCertificate();
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(NOW));
    assertThat(certificate.getSubjectX500Principal()).isEqualTo(NAME);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(entry.getPrivateKey());
    signature.update(new byte[] {1});
    byte[] signed = signature.sign();
    signature.initVerify(certificate);
    signature.update(new byte[] {1});
    assertThat(signature.verify(signed)).isTrue();
    assertThat(keystore().getAliases()).containsExactly("gateway");
    assertThat(keystore().getEntries()).containsOnlyKeys("gateway");
    assertThat(keystore().getKeyStore().size()).isEqualTo(1);
  }

  @Test
  void theFileIsTheOwnersAloneAndHoldsNoKeyInClear() throws Exception {
    createPair(keystore(), "gateway");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    byte[] key = pair(keystore(), "gateway").getPrivateKey().getEncoded();
    byte[] secret = Arrays.copyOfRange(key, key.length - 32, key.length);
    assertThat(Base64.getEncoder().encodeToString(Files.readAllBytes(file())))
        .doesNotContain(Base64.getEncoder().encodeToString(secret).substring(0, 20));
    for (String known : new String[] {"", "changeit", "password"}) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      assertThatThrownBy(
              () ->
                  store.load(
                      new ByteArrayInputStream(Files.readAllBytes(file())), known.toCharArray()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherDeviceCannotReadItAndChangesNothing() throws Exception {
    createPair(keystore(), "gateway");
    byte[] before = Files.readAllBytes(file());

    FileKeystore stranger = keystore(2, "");
    assertThatThrownBy(() -> stranger.getEntry("gateway"))
        .isInstanceOfSatisfying(
            KuraException.class, e -> assertThat(codeOf(e)).isEqualTo(KuraErrorCode.IO_ERROR))
        .hasRootCauseInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> createPair(stranger, "other")).isInstanceOf(KuraException.class);
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aFileMadeElsewhereIsTakenOverAndItsPasswordNoLongerOpensIt() throws Exception {
    createPair(keystore(), "gateway");
    KeyStore.PrivateKeyEntry entry = pair(keystore(), "gateway");
    for (String type : new String[] {"PKCS12", "JKS"}) {
      write(type, entry);

      FileKeystore keystore = keystore(1, "changeit");
      assertThat(pair(keystore, "old").getPrivateKey()).isEqualTo(entry.getPrivateKey());
      assertThat(keystore.getEntry("ca")).isInstanceOf(KeyStore.TrustedCertificateEntry.class);
      assertThat(keystore().getAliases()).containsExactlyInAnyOrder("old", "ca");
      KeyStore store = KeyStore.getInstance("PKCS12");
      assertThatThrownBy(
              () ->
                  store.load(
                      new ByteArrayInputStream(Files.readAllBytes(file())),
                      "changeit".toCharArray()))
          .isInstanceOf(IOException.class);
    }
  }

  private void write(String type, KeyStore.PrivateKeyEntry entry) throws Exception {
    KeyStore foreign = KeyStore.getInstance(type);
    foreign.load(null, null);
    foreign.setKeyEntry(
        "old", entry.getPrivateKey(), "changeit".toCharArray(), entry.getCertificateChain());
    foreign.setCertificateEntry("ca", entry.getCertificate());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    foreign.store(bytes, "changeit".toCharArray());
    Files.write(file(), bytes.toByteArray());
  }

  @Test
  void entriesAreSetAndDeletedAndListenersHearOfIt() throws Exception {
    createPair(keystore(), "gateway");
    KeyStore.PrivateKeyEntry entry = pair(keystore(), "gateway");
    FileKeystore keystore = keystore();
    keystore.setEntry("ca", new KeyStore.TrustedCertificateEntry(entry.getCertificate()));
    keystore.setEntry("copy", entry);
    keystore.deleteEntry("gateway");

    assertThat(keystore.getAliases()).containsExactlyInAnyOrder("ca", "copy");
    assertThat(keystore.getEntry("gateway")).isNull();
    assertThat(events).hasSize(4).allMatch(event -> event.getSenderPid().equals("Keys"));
    assertThatThrownBy(() -> keystore.deleteEntry("gateway"))
        .isInstanceOfSatisfying(
            KuraException.class, e -> assertThat(codeOf(e)).isEqualTo(KuraErrorCode.NOT_FOUND));
    assertThatThrownBy(() -> createPair(keystore, "copy"))
        .isInstanceOfSatisfying(
            KuraException.class, e -> assertThat(codeOf(e)).isEqualTo(KuraErrorCode.BAD_REQUEST));
    assertThat(events).hasSize(4);
  }

  @Test
  void weakOrUnknownKeysAreRefused() {
    FileKeystore keystore = keystore();
    assertThatThrownBy(() -> keystore.createKeyPair("a", "RSA", 1024, "SHA256withRSA", "CN=a"))
        .isInstanceOf(KuraException.class);
    assertThatThrownBy(() -> keystore.createKeyPair("a", "DSA", 2048, "SHA256withDSA", "CN=a"))
        .isInstanceOf(KuraException.class);
    assertThatThrownBy(() -> keystore.createKeyPair("a", "EC", 256, "nonsense", "CN=a"))
        .isInstanceOf(KuraException.class);
    assertThatThrownBy(() -> keystore.createKeyPair("a", "EC", 256, "SHA256withECDSA", "?"))
        .isInstanceOf(KuraException.class);
    assertThat(file()).doesNotExist();
    assertThat(events).isEmpty();
  }

  @Test
  void makesARequestForACertificate() throws Exception {
    keystore().createKeyPair("rsa", "RSA", 2048, "SHA256withRSA", NAME.getName());
    String pem = keystore().getCSR("rsa", NAME, "SHA256withRSA");

    assertThat(pem)
        .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n")
        .endsWith("-----END CERTIFICATE REQUEST-----\n");
    String body = pem.replaceAll("-----[A-Z ]+-----", "").replace("\n", "");
    PKCS10CertificationRequest request =
        new PKCS10CertificationRequest(Base64.getDecoder().decode(body));
    assertThat(
            request.isSignatureValid(
                new JcaContentVerifierProviderBuilder()
                    .build(pair(keystore(), "rsa").getCertificate().getPublicKey())))
        .isTrue();
    assertThatThrownBy(() -> keystore().getCSR("nobody", NAME, "SHA256withRSA"))
        .isInstanceOf(KuraException.class);
  }

  @Test
  void givesKeyManagersForTls() throws Exception {
    createPair(keystore(), "gateway");
    X509KeyManager manager = (X509KeyManager) keystore().getKeyManagers("PKIX").get(0);
    assertThat(manager.getPrivateKey(manager.getClientAliases("EC", null)[0]))
        .isEqualTo(pair(keystore(), "gateway").getPrivateKey());
    assertThatThrownBy(() -> keystore().getKeyManagers("nonsense"))
        .isInstanceOf(KuraException.class);
  }

  @Test
  void theNewestRevocationListOfAnIssuerIsKept() throws Exception {
    createPair(keystore(), "gateway");
    KeyStore.PrivateKeyEntry issuer = pair(keystore(), "gateway");
    X509CRL first = list(issuer, 1);
    X509CRL second = list(issuer, 2);
    keystore().addCRL(first);
    keystore().addCRL(second);

    assertThat(keystore().getCRLs()).hasSize(1);
    assertThat(((X509CRL) keystore().getCRLs().iterator().next()).getEncoded())
        .isEqualTo(second.getEncoded());
    assertThat(keystore().getCRLStore().getCRLs(null)).hasSize(1);
  }

  private static X509CRL list(KeyStore.PrivateKeyEntry issuer, int serial) throws Exception {
    X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(NAME, Date.from(NOW));
    builder.addCRLEntry(java.math.BigInteger.valueOf(serial), Date.from(NOW), 0);
    byte[] encoded =
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivateKey()))
            .getEncoded();
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(encoded));
  }

  /** A file somebody changed is refused; it neither crashes the gateway nor is written over. */
  @Test
  void changedFilesAreRefused() throws Exception {
    createPair(keystore(), "gateway");
    KeyPair expected =
        new KeyPair(
            pair(keystore(), "gateway").getCertificate().getPublicKey(),
            pair(keystore(), "gateway").getPrivateKey());
    byte[] good = Files.readAllBytes(file());
    Random random = new Random(9);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] changed = i % 4 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
      if (i % 4 != 0) {
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file(), changed);
      try {
        assertThat(pair(keystore(), "gateway").getPrivateKey()).isEqualTo(expected.getPrivate());
      } catch (KuraException e) {
        refused++;
        assertThat(Files.readAllBytes(file())).isEqualTo(changed);
      }
    }
    assertThat(refused).isGreaterThan(290);
  }
}
