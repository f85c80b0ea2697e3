// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.fetch;

import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.kura.ssl.SslManagerService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom HTTPS trusts: what the {@link SslManagerService} says, and what Java trusts where there is
 * none. Settings that cannot be used trust nobody.
 */
public final class HttpsTrust {

  private static final Logger logger = LoggerFactory.getLogger(HttpsTrust.class);

  private final Supplier<Optional<SslManagerService>> service;

  /** Asks for the service each time. */
  public HttpsTrust(Supplier<Optional<SslManagerService>> service) {
    this.service = service;
  }

  /** Makes the sockets; empty when Java's own are meant. */
  public Optional<SSLSocketFactory> sockets() throws RefusedException {
    Optional<SslManagerService> present = service.get();
    if (present.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(present.get().getSSLSocketFactory());
    } catch (GeneralSecurityException | IOException e) {
      logger.warn("tls_settings_unusable reason=\"{}\"", e.getMessage(), e);
      throw new RefusedException("HTTPS is not possible: " + e.getMessage(), e);
    }
  }
}
