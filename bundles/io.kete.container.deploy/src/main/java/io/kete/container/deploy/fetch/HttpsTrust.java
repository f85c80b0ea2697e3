// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.fetch;

import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.kura.ssl.SslManagerService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How servers are asked for files, and whom HTTPS trusts: what the {@link SslManagerService} says,
 * and what Java trusts where there is none. Settings that cannot be used trust nobody.
 */
public final class HttpsTrust {

  private static final Logger logger = LoggerFactory.getLogger(HttpsTrust.class);

  private final Supplier<Optional<SslManagerService>> service;

  /** Asks for the service each time. */
  public HttpsTrust(Supplier<Optional<SslManagerService>> service) {
    this.service = service;
  }

  /**
   * A question to a server that may end with an answer.
   *
   * @param <T> the answer
   */
  public interface Question<T> {
    /** Asks. */
    T ask() throws IOException, RefusedException;
  }

  /**
   * A connection that asks for a file, or for its rest from a byte on. It follows no redirect and
   * keeps nothing.
   */
  public HttpURLConnection connect(URI uri, Duration timeout, long from)
      throws IOException, RefusedException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    if (connection instanceof HttpsURLConnection secured) {
      sockets().ifPresent(secured::setSSLSocketFactory);
    }
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept-Encoding", "identity");
    connection.setRequestProperty("User-Agent", "Kete");
    if (from > 0) {
      connection.setRequestProperty("Range", "bytes=" + from + "-");
    }
    return connection;
  }

  /**
   * Asks; a server that is not trusted is refused with what to do.
   *
   * @throws IOException when asking again may help
   */
  public static <T> T ask(String host, Question<T> question) throws IOException, RefusedException {
    try {
      return question.ask();
    } catch (SSLException e) {
      Optional<String> distrust = Distrust.of(e, host);
      if (distrust.isPresent()) {
        throw new RefusedException(distrust.get(), e);
      }
      throw e;
    }
  }

  /** Makes the sockets; empty when Java's own are meant. */
  private Optional<SSLSocketFactory> sockets() throws RefusedException {
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
