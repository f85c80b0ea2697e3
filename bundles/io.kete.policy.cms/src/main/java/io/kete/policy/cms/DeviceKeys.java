// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.policy.cms.trust.CmsSigner;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing key of this gateway: P-256, made at first use, kept in a PKCS#12 file whose password
 * is a secret of this device. The certificate lies beside it in PEM, to be registered at the
 * centre.
 */
final class DeviceKeys {

  private static final Logger logger = LoggerFactory.getLogger(DeviceKeys.class);
  private static final String ALIAS = "device";
  private static final String KEYSTORE_ALIAS = "kete-gateway";
  private static final Duration LIFE = Duration.ofDays(3650);

  private final Path folder;
  private final KeyFile file;
  private final Clock clock;
  private @Nullable CmsSigner signer;
  private Optional<KeystoreService> keystore = Optional.empty();
  private boolean failed;

  DeviceKeys(Path folder, Clock clock) {
    this.folder = folder;
    this.file = new KeyFile(folder, "device.p12");
    this.clock = clock;
  }

  /** From now on the key is in this keystore. */
  synchronized void keystore(Optional<KeystoreService> service) {
    keystore = service;
    signer = null;
    failed = false;
  }

  synchronized void gone(KeystoreService service) {
    if (keystore.filter(present -> present == service).isPresent()) {
      keystore(Optional.empty());
    }
  }

  /** Signs with the key; empty when it can neither be read nor made. */
  synchronized Optional<CmsSigner> signer() {
    if (signer == null && !failed) {
      try {
        signer = keystore.isPresent() ? load(keystore.get()) : load();
      } catch (IOException
          | GeneralSecurityException
          | OperatorCreationException
          | KuraException e) {
        failed = true;
        logger.error(
            "device_key_missing in={} reason={}",
            keystore.isPresent() ? "keystore" : "device.p12",
            e.getClass().getSimpleName());
      }
    }
    return Optional.ofNullable(signer);
  }

  private CmsSigner load() throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyFile.Content content = file.open(this::create);
    Certificate certificate = content.certificate(ALIAS);
    publish(certificate);
    return new CmsSigner((PrivateKey) content.key(ALIAS), (X509Certificate) certificate);
  }

  private CmsSigner load(KeystoreService service)
      throws KuraException, IOException, GeneralSecurityException {
    if (service.getEntry(KEYSTORE_ALIAS) == null) {
      service.createKeyPair(
          KEYSTORE_ALIAS,
          "EC",
          new ECGenParameterSpec("secp256r1"),
          "SHA256withECDSA",
          "CN=kete gateway " + new BigInteger(96, new SecureRandom()).toString(16));
      logger.info("device_key_created alias={}", KEYSTORE_ALIAS);
    }
    if (service.getEntry(KEYSTORE_ALIAS) instanceof KeyStore.PrivateKeyEntry entry) {
      publish(entry.getCertificate());
      return new CmsSigner(entry.getPrivateKey(), (X509Certificate) entry.getCertificate());
    }
    throw new KeyStoreException("no private key under that alias");
  }

  private void create(KeyStore store, char[] password)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    BigInteger serial = new BigInteger(96, new SecureRandom());
    X500Principal name = new X500Principal("CN=kete gateway " + serial.toString(16));
    Instant now = clock.instant();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            serial,
            Date.from(Instant.EPOCH),
            Date.from(now.plus(LIFE)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    store.setKeyEntry(ALIAS, pair.getPrivate(), password, new Certificate[] {certificate});
    logger.info("device_key_created certificate=device.pem");
  }

  private void publish(Certificate certificate) throws IOException, GeneralSecurityException {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    String pem = "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    DurableFile.write(folder.resolve("device.pem"), pem.getBytes(StandardCharsets.US_ASCII));
  }
}
