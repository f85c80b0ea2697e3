// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What went wrong between the two ends of TLS, in an operator's words. */
final class TlsDiagnosis {

  /** With TLS 1.3 a server refuses a client's certificate after the client's handshake. */
  static final String CLOSED_AT_ONCE = "closed right after the handshake";

  /** With TLS 1.2 it does so in the middle, and its alert may be lost. */
  static final String CLOSED_IN_HANDSHAKE = "closed while this side sent its part of the handshake";

  private static final int MAX_DEPTH = 20;

  /** What a server calls it when it misses, or does not like, a certificate of the client. */
  private static final List<String> CLIENT_ALERTS =
      List.of(
          "certificate_required",
          "bad_certificate",
          "unknown_ca",
          "certificate_unknown",
          "certificate_expired",
          "unsupported_certificate",
          "access_denied",
          CLOSED_AT_ONCE,
          CLOSED_IN_HANDSHAKE);

  private TlsDiagnosis() {}

  /** Empty when the failure is none of TLS. */
  static Optional<Diagnosis> of(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable t = failure; t != null && causes.size() < MAX_DEPTH; t = t.getCause()) {
      causes.add(t);
    }
    for (int i = causes.size() - 1; i >= 0; i--) {
      Optional<Diagnosis> certificate = ofCertificate(causes.get(i));
      if (certificate.isPresent()) {
        return certificate;
      }
    }
    return causes.stream()
        .filter(SSLException.class::isInstance)
        .findFirst()
        .map(tls -> ofAlert(String.valueOf(tls.getMessage())));
  }

  private static Optional<Diagnosis> ofCertificate(Throwable cause) {
    if (cause instanceof CertificateExpiredException || isReason(cause, BasicReason.EXPIRED)) {
      return found(
          "tls_expired",
          "the broker's certificate has expired: renew it, or check the clock of this gateway");
    }
    if (cause instanceof CertificateNotYetValidException
        || isReason(cause, BasicReason.NOT_YET_VALID)) {
      return found(
          "tls_not_yet_valid",
          "the broker's certificate is not valid yet: check the clock of this gateway");
    }
    if (isReason(cause, BasicReason.REVOKED)) {
      return found("tls_revoked", "the broker's certificate was revoked: do not trust that broker");
    }
    if (isReason(cause, BasicReason.UNDETERMINED_REVOCATION_STATUS)) {
      return found(
          "tls_revocation_unknown",
          "nobody says whether the broker's certificate was revoked: add a revocation list to the keystore");
    }
    if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
      return found(
          "tls_untrusted",
          "no trusted certificate has signed the broker's: add its certificate authority to the keystore");
    }
    if (cause.getClass() == CertificateException.class && cause.getCause() == null) {
      return found(
          "tls_host_name",
          "the broker's certificate is not for the host in broker-url: connect to the name in it: "
              + cause.getMessage());
    }
    return Optional.empty();
  }

  private static boolean isReason(Throwable cause, BasicReason reason) {
    return cause instanceof CertPathValidatorException invalid && invalid.getReason() == reason;
  }

  private static Diagnosis ofAlert(String message) {
    if (CLIENT_ALERTS.stream().anyMatch(message::contains)) {
      return new Diagnosis(
          "tls_client_certificate",
          "the broker wants a certificate of this gateway that it trusts: put key and certificate into the keystore of KeystoreService.target ("
              + message
              + ")");
    }
    if (message.contains("handshake_failure") || message.contains("protocol_version")) {
      return new Diagnosis(
          "tls_handshake",
          "no agreement with the broker: it may want a certificate of this gateway (keystore of KeystoreService.target), or another protocol or cipher ("
              + message
              + ")");
    }
    return new Diagnosis("tls", "check port, certificates and host name: " + message);
  }

  private static Optional<Diagnosis> found(String cause, String advice) {
    return Optional.of(new Diagnosis(cause, advice));
  }
}
