// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.fetch;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why a server is not trusted, and what to do; asking it again does not help. */
final class Distrust {

  private static final int MAX_CAUSES = 16;

  private Distrust() {}

  /** The reason; empty when something else went wrong, such as a lost link. */
  static Optional<String> of(IOException failure, String host) {
    String found = "";
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      String reason = reason(cause);
      found = reason.isEmpty() ? found : reason;
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of("the certificate of " + host + " is refused: " + found);
  }

  private static String reason(Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      return "it has expired; have it renewed, or set the clock of the gateway";
    }
    if (cause instanceof CertificateNotYetValidException) {
      return "it is not valid yet; set the clock of the gateway";
    }
    if (cause instanceof SSLPeerUnverifiedException
        || (cause instanceof CertificateException && isAboutNames(cause))) {
      return "it is for another name; use the name it was made for";
    }
    if (cause instanceof CertPathBuilderException
        || cause instanceof CertPathValidatorException
        || cause instanceof CertificateException) {
      return "nobody the gateway trusts has signed it; add its authority to the trusted keystore";
    }
    return "";
  }

  private static boolean isAboutNames(Throwable cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no name matching") || text.contains("no subject alternative");
  }
}
