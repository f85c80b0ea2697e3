// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * The revocation lists ({@code *.crl}) of a folder at one moment. They are believed without a check
 * of their signature, because they can only take trust away.
 */
public record Revocations(List<X509CRL> lists) {

  private static final int MAX_BYTES = 1 << 22;

  /** Reads the lists; those that cannot be read are named in {@code problems}. */
  public static Revocations read(Path directory, List<String> problems) {
    List<X509CRL> lists = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.crl")) {
        for (Path file : files) {
          readList(file, lists, problems);
        }
      } catch (IOException e) {
        problems.add("revocation lists in " + directory.getFileName() + " cannot be read");
      }
    }
    return new Revocations(List.copyOf(lists));
  }

  private static void readList(Path file, List<X509CRL> lists, List<String> problems) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      byte[] bytes = CertificateFolder.bounded(file, MAX_BYTES);
      lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(bytes)));
    } catch (IOException | CertificateException | CRLException e) {
      problems.add(
          "revocation list " + file.getFileName() + " cannot be read: replace or remove the file");
    }
  }

  /** Whether the certificate was revoked by its issuer. */
  public boolean contain(X509Certificate certificate) {
    X500Principal issuer = certificate.getIssuerX500Principal();
    BigInteger serial = certificate.getSerialNumber();
    return lists.stream()
        .anyMatch(
            list ->
                list.getIssuerX500Principal().equals(issuer)
                    && list.getRevokedCertificate(serial) != null);
  }
}
