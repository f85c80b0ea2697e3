// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;

/** Makes key pairs with a certificate of their own, and requests for a better one. */
final class KeyMaker {

  private static final Duration LIFE = Duration.ofDays(3650);
  private static final int SERIAL_BITS = 96;
  private static final int MIN_RSA = 2048;
  private static final int MAX_RSA = 8192;
  private static final int MIN_EC = 256;
  private static final int MAX_EC = 521;

  private final Clock clock;

  KeyMaker(Clock clock) {
    this.clock = clock;
  }

  static KeyPair pair(String algorithm, int size, SecureRandom random)
      throws GeneralSecurityException, KuraException {
    KeyPairGenerator generator = generator(algorithm);
    checkSize(algorithm, size);
    generator.initialize(size, random);
    return generator.generateKeyPair();
  }

  static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters, SecureRandom random)
      throws GeneralSecurityException, KuraException {
    KeyPairGenerator generator = generator(algorithm);
    if (parameters instanceof RSAKeyGenParameterSpec rsa) {
      checkSize(algorithm, rsa.getKeysize());
    }
    try {
      generator.initialize(parameters, random);
    } catch (InvalidAlgorithmParameterException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, algorithm);
    }
    return generator.generateKeyPair();
  }

  private static KeyPairGenerator generator(String algorithm)
      throws GeneralSecurityException, KuraException {
    if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, algorithm + ": RSA or EC is needed");
    }
    return KeyPairGenerator.getInstance(algorithm);
  }

  private static void checkSize(String algorithm, int size) throws KuraException {
    int least = algorithm.equals("RSA") ? MIN_RSA : MIN_EC;
    int most = algorithm.equals("RSA") ? MAX_RSA : MAX_EC;
    if (size < least || size > most) {
      throw new KuraException(
          KuraErrorCode.BAD_REQUEST, algorithm + " " + size + ": " + least + ".." + most);
    }
  }

  /** The pair with a certificate it signed itself. */
  KeyStore.PrivateKeyEntry entry(
      KeyPair pair, String signatureAlgorithm, String name, SecureRandom random)
      throws GeneralSecurityException, OperatorCreationException {
    X500Principal subject = new X500Principal(name);
    Instant now = clock.instant();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, random),
            Date.from(Instant.EPOCH), // the clock of a new gateway may be behind
            Date.from(now.plus(LIFE)),
            subject,
            pair.getPublic());
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder(signatureAlgorithm).build(pair.getPrivate())));
    return new KeyStore.PrivateKeyEntry(pair.getPrivate(), new Certificate[] {certificate});
  }

  /** A signing request (PKCS#10) in PEM. */
  static String request(KeyPair pair, X500Principal name, String signatureAlgorithm)
      throws IOException, OperatorCreationException {
    PrivateKey key = pair.getPrivate();
    byte[] request =
        new JcaPKCS10CertificationRequestBuilder(name, pair.getPublic())
            .build(new JcaContentSignerBuilder(signatureAlgorithm).build(key))
            .getEncoded();
    return Pem.of("CERTIFICATE REQUEST", request);
  }
}
