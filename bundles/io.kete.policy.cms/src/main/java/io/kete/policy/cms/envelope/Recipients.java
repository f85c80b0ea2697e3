// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The recipients a policy document names, and which of their certificates are good at a moment. */
public final class Recipients {

  private final Map<String, List<String>> references;
  private final Set<String> revoked;
  private final CertificateFolder folder;

  /**
   * @param references certificates of each recipient by name
   * @param revoked fingerprints that are refused
   * @param folder where the certificates are
   */
  public Recipients(
      Map<String, List<String>> references, Set<String> revoked, CertificateFolder folder) {
    this.references = references;
    this.revoked = revoked;
    this.folder = folder;
  }

  /** Nobody. */
  public static Recipients none(CertificateFolder folder) {
    return new Recipients(Map.of(), Set.of(), folder);
  }

  /** Names of all recipients. */
  public Set<String> names() {
    return references.keySet();
  }

  /** Looks at the certificates of some recipients as they are now. */
  Resolution resolve(List<String> names, long nowMillis) {
    List<String> problems = new ArrayList<>();
    Revocations revocations = folder.revocations(problems);
    List<Recipient> valid = new ArrayList<>();
    long from = Long.MIN_VALUE;
    long until = Long.MAX_VALUE;
    for (String name : names) {
      for (String reference : references.getOrDefault(name, List.of())) {
        try {
          Recipient recipient = check(name, reference, revocations, nowMillis);
          valid.add(recipient);
          from = Math.max(from, recipient.certificate().getNotBefore().getTime());
          until = Math.min(until, recipient.certificate().getNotAfter().getTime());
        } catch (RefusedCertificateException e) {
          problems.add(
              "recipient "
                  + name
                  + ": certificate "
                  + CertificateFolder.shown(reference)
                  + " refused: "
                  + e.getMessage());
        }
      }
    }
    return new Resolution(List.copyOf(valid), List.copyOf(problems), from, until);
  }

  private Recipient check(String name, String reference, Revocations revocations, long nowMillis)
      throws RefusedCertificateException {
    X509Certificate certificate = folder.read(reference);
    String fingerprint = CertificateFolder.fingerprint(certificate);
    if (nowMillis < certificate.getNotBefore().getTime()) {
      throw new RefusedCertificateException(
          "not valid before " + certificate.getNotBefore().toInstant() + "; check the clock");
    }
    if (nowMillis > certificate.getNotAfter().getTime()) {
      throw new RefusedCertificateException("expired at " + certificate.getNotAfter().toInstant());
    }
    if (revoked.contains(fingerprint) || revocations.contain(certificate)) {
      throw new RefusedCertificateException("revoked");
    }
    return new Recipient(name, CertificateFolder.shown(reference), certificate, fingerprint);
  }

  /**
   * What was found.
   *
   * @param valid good certificates
   * @param problems one sentence for each certificate that was refused
   * @param fromMillis the good ones are good from here on
   * @param untilMillis the good ones are good until here
   */
  record Resolution(
      List<Recipient> valid, List<String> problems, long fromMillis, long untilMillis) {}
}
