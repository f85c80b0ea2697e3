// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.container.cloud.TlsSettings.Revocation;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertPathBuilder;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.jspecify.annotations.Nullable;

/** Whom to believe. */
final class Trust {

  private Trust() {}

  /** The certificates a store trusts; the chains of its own keys are not among them. */
  static Collection<X509Certificate> certificates(KeyStore store) throws KeyStoreException {
    List<X509Certificate> trusted = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isCertificateEntry(alias)
          && store.getCertificate(alias) instanceof X509Certificate certificate) {
        trusted.add(certificate);
      }
    }
    return trusted;
  }

  /**
   * Trust managers for these anchors.
   *
   * @param lists where revocation lists are; null for none
   */
  static TrustManager[] managers(
      Collection<X509Certificate> trusted, Revocation revocation, @Nullable KeystoreService lists)
      throws GeneralSecurityException, IOException {
    Set<TrustAnchor> anchors =
        trusted.stream()
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toSet());
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
    parameters.setRevocationEnabled(revocation != Revocation.OFF);
    if (revocation != Revocation.OFF) {
      parameters.addCertPathChecker(checker(revocation));
      if (lists != null) {
        try {
          parameters.addCertStore(lists.getCRLStore());
        } catch (KuraException e) {
          throw new IOException("the revocation lists of the keystore cannot be read", e);
        }
      }
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return factory.getTrustManagers();
  }

  private static PKIXRevocationChecker checker(Revocation revocation)
      throws GeneralSecurityException {
    PKIXRevocationChecker checker =
        (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
    EnumSet<PKIXRevocationChecker.Option> options =
        EnumSet.noneOf(PKIXRevocationChecker.Option.class);
    if (revocation != Revocation.PREFER_OCSP) {
      options.add(PKIXRevocationChecker.Option.PREFER_CRLS);
    }
    if (revocation == Revocation.CRL_ONLY) {
      options.add(PKIXRevocationChecker.Option.NO_FALLBACK);
    }
    checker.setOptions(options);
    return checker;
  }
}
