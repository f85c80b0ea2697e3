// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of certificates, or of a revocation list. */
public final class CertificateFile {

  private CertificateFile() {}

  /** The certificates in a file. */
  public static List<X509Certificate> certificates(byte[] content) throws CertificateException {
    List<X509Certificate> found = new ArrayList<>();
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(content))) {
      found.add((X509Certificate) certificate);
    }
    if (found.isEmpty()) {
      throw new CertificateException("no certificate");
    }
    return found;
  }

  static Optional<String> objection(String name, byte[] content) {
    try {
      if (name.endsWith(".crl")) {
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(content));
      } else {
        certificates(content);
      }
      return Optional.empty();
    } catch (CertificateException | CRLException e) {
      return Optional.of(name + " is no " + (name.endsWith(".crl") ? "CRL" : "certificate"));
    }
  }
}
