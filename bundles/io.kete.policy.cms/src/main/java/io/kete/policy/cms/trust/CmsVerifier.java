// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.trust;

import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier;
import io.kete.policy.cms.envelope.Revocations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;

/** Checks detached CMS signatures with exactly one signer against {@link Anchors}. */
public final class CmsVerifier implements Verifier {

  private static final int MAX_SIGNATURE_BYTES = 1 << 16;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final Set<String> DIGESTS =
      Set.of(
          NISTObjectIdentifiers.id_sha256.getId(),
          NISTObjectIdentifiers.id_sha384.getId(),
          NISTObjectIdentifiers.id_sha512.getId());

  private final Anchors anchors;
  private final boolean allowUnsigned;
  private final Clock clock;

  /**
   * @param anchors folder of the trust anchors
   * @param allowUnsigned whether content without a signature passes
   * @param clock for the validity of certificates
   */
  public CmsVerifier(Path anchors, boolean allowUnsigned, Clock clock) {
    this.anchors = new Anchors(anchors);
    this.allowUnsigned = allowUnsigned;
    this.clock = clock;
  }

  @Override
  public Verdict verify(Purpose purpose, InputStream content, Optional<ByteBuffer> signature)
      throws IOException {
    if (signature.isEmpty()) {
      return allowUnsigned ? new Verdict.Unsigned() : new Verdict.Refused("not signed");
    }
    try {
      return check(purpose, content, der(signature.get()));
    } catch (CMSSignerDigestMismatchException e) {
      return new Verdict.Refused("signature does not fit the content");
    } catch (CMSException e) {
      if (e.getUnderlyingException() instanceof ContentException io) {
        throw io;
      }
      return new Verdict.Refused("signature cannot be read as CMS SignedData");
    } catch (GeneralSecurityException
        | OperatorCreationException
        | RuntimeOperatorException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NullPointerException
        | ClassCastException e) {
      // malformed ASN.1 from outside ends here: Bouncy Castle reports it in all of these ways
      // a wrong class
      return new Verdict.Refused("signature or certificate cannot be used");
    }
  }

  private static byte[] der(ByteBuffer signature) {
    byte[] bytes = new byte[Math.min(signature.remaining(), MAX_SIGNATURE_BYTES + 1)];
    signature.duplicate().get(bytes);
    if (bytes.length > MAX_SIGNATURE_BYTES) {
      throw new IllegalArgumentException("signature longer than " + MAX_SIGNATURE_BYTES);
    }
    String start = new String(bytes, 0, Math.min(10, bytes.length), StandardCharsets.US_ASCII);
    if (!start.equals("-----BEGIN")) {
      return bytes;
    }
    String text =
        new String(bytes, StandardCharsets.US_ASCII).replaceAll("-----[A-Z0-9 ]+-----", "");
    return Base64.getMimeDecoder().decode(text);
  }

  private Verdict check(Purpose purpose, InputStream content, byte[] der)
      throws CMSException, GeneralSecurityException, OperatorCreationException, IOException {
    CMSSignedData signed = new CMSSignedData(new StreamedContent(content), der);
    if (!signed.isDetachedSignature()
        && signed.getSignedContent() != null
        && !(signed.getSignedContent() instanceof StreamedContent)) {
      return new Verdict.Refused("signature has to be detached");
    }
    if (signed.getSignerInfos().size() != 1) {
      return new Verdict.Refused("signature has to have exactly one signer");
    }
    SignerInformation signer = signed.getSignerInfos().getSigners().iterator().next();
    List<X509Certificate> trusted = anchors.read(purpose);
    List<X509Certificate> brought = certificates(signed);
    Optional<X509Certificate> certificate = certificateOf(signer, trusted, brought);
    if (certificate.isEmpty()) {
      return new Verdict.Refused(
          "certificate of the signer is neither in the signature nor among the trust anchors");
    }
    Optional<String> distrust = distrust(certificate.get(), trusted, brought);
    if (distrust.isPresent()) {
      return new Verdict.Refused(distrust.get());
    }
    if (!DIGESTS.contains(signer.getDigestAlgOID())) {
      return new Verdict.Refused(
          "signature uses a digest that is not allowed; use SHA-256, SHA-384 or SHA-512");
    }
    boolean fits =
        signer.verify(
            // the platform's own signatures: a second provider would cost a start a tenth of a
            // second
            new JcaSimpleSignerInfoVerifierBuilder().build(certificate.get()));
    return fits
        ? new Verdict.Trusted(certificate.get().getSubjectX500Principal().getName())
        : new Verdict.Refused("signature does not fit the content");
  }

  private Optional<String> distrust(
      X509Certificate signer, List<X509Certificate> trusted, List<X509Certificate> brought) {
    if (trusted.isEmpty()) {
      return Optional.of("no trust anchor is installed");
    }
    Date now = Date.from(clock.instant());
    if (now.before(signer.getNotBefore()) || now.after(signer.getNotAfter())) {
      return Optional.of("certificate of the signer is not valid now");
    }
    boolean[] usage = signer.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      return Optional.of("key usage of the signer's certificate does not allow digitalSignature");
    }
    List<X509Certificate> path = new ArrayList<>(List.of(signer));
    if (!trusted.contains(signer)) {
      try {
        path.addAll(path(signer, trusted, brought, now));
      } catch (GeneralSecurityException e) {
        return Optional.of("certificate of the signer does not lead to a trust anchor");
      }
    }
    List<String> problems = new ArrayList<>();
    Revocations revocations = Revocations.read(anchors.directory(), problems);
    return path.stream().anyMatch(revocations::contain)
        ? Optional.of("certificate of the signer is revoked")
        : Optional.empty();
  }

  private static List<X509Certificate> path(
      X509Certificate signer,
      List<X509Certificate> trusted,
      List<X509Certificate> brought,
      Date now)
      throws GeneralSecurityException {
    Set<TrustAnchor> roots = new HashSet<>();
    trusted.forEach(certificate -> roots.add(new TrustAnchor(certificate, null)));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(signer);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots, target);
    parameters.setRevocationEnabled(false); // checked by the caller, without going to the network
    parameters.setDate(now);
    List<X509Certificate> known = new ArrayList<>(brought);
    known.add(signer);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
    PKIXCertPathBuilderResult result =
        (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    List<X509Certificate> path = new ArrayList<>();
    for (Certificate certificate : result.getCertPath().getCertificates()) {
      path.add((X509Certificate) certificate);
    }
    return path;
  }

  private static Optional<X509Certificate> certificateOf(
      SignerInformation signer, List<X509Certificate> trusted, List<X509Certificate> brought)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> all = new ArrayList<>(brought);
    all.addAll(trusted);
    for (X509Certificate certificate : all) {
      if (signer.getSID().match(new X509CertificateHolder(certificate.getEncoded()))) {
        return Optional.of(certificate);
      }
    }
    return Optional.empty();
  }

  private static List<X509Certificate> certificates(CMSSignedData signed)
      throws GeneralSecurityException, IOException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (X509CertificateHolder holder : signed.getCertificates().getMatches(null)) {
      certificates.add(
          (X509Certificate)
              factory.generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
    }
    return certificates;
  }
}
