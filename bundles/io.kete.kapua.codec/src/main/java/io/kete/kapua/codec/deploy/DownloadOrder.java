// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.kura.message.KuraPayload;

/**
 * EXEC download.
 *
 * @param job the operation, for the notifications
 * @param uri http or https
 * @param name of the package as typed by an operator; it need not be the one in the file
 * @param version likewise
 * @param install whether to install it afterwards
 * @param force whether to fetch it even if it is there
 * @param pace how fast
 * @param login for basic authentication
 * @param hash what the bytes have to give
 */
public record DownloadOrder(
    long job,
    URI uri,
    String name,
    String version,
    boolean install,
    boolean force,
    Pace pace,
    Optional<Login> login,
    Optional<ExpectedHash> hash) {

  private static final int MAX_URI = 2048;
  private static final int MAX_SECRET = 1024;

  /**
   * How fast and how patient.
   *
   * @param block bytes read at once
   * @param delay pause after each block
   * @param timeout longest silence of the server
   * @param told bytes between two notifications; 0 leaves it to the gateway
   */
  public record Pace(int block, Duration delay, Duration timeout, int told) {

    private static final int BLOCK = 10 * 1024;
    private static final int MAX_BLOCK = 1 << 20;
    private static final int MAX_DELAY_MILLIS = 60_000;
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int LEAST_TIMEOUT_MILLIS = 1000;
    private static final int MAX_TIMEOUT_MILLIS = 600_000;

    private static Pace of(Metrics metrics) throws BadOrderException {
      return new Pace(
          metrics.number("dp.download.block.size", BLOCK, 1, MAX_BLOCK),
          Duration.ofMillis(metrics.number("dp.download.block.delay", 0, 0, MAX_DELAY_MILLIS)),
          Duration.ofMillis(
              Math.max(
                  LEAST_TIMEOUT_MILLIS,
                  metrics.number("dp.download.timeout", TIMEOUT_MILLIS, 0, MAX_TIMEOUT_MILLIS))),
          metrics.number("dp.download.notify.block.size", 0, 0, Integer.MAX_VALUE));
    }
  }

  /** User and password; never shown. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[...]";
    }
  }

  /** Reads an order. */
  public static DownloadOrder of(KuraPayload payload) throws BadOrderException {
    Metrics metrics = new Metrics(payload);
    long job = metrics.job();
    metrics.refuseRest();
    return new DownloadOrder(
        job,
        uri(metrics.text("dp.uri", MAX_URI)),
        metrics.text(Metrics.NAME, Metrics.MAX_NAME),
        metrics.text(Metrics.VERSION, Metrics.MAX_NAME),
        metrics.flag("dp.install", true),
        metrics.flag("dp.download.force", false),
        Pace.of(metrics),
        login(metrics),
        hash(metrics));
  }

  private static URI uri(String text) throws BadOrderException {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new BadOrderException("dp.uri has to begin with http:// or https://");
      }
      if (uri.getHost() == null || uri.getUserInfo() != null) {
        throw new BadOrderException(
            "dp.uri needs a host; user and password go into dp.download.username and .password");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new BadOrderException("dp.uri is not a URI: " + e.getReason());
    }
  }

  private static Optional<Login> login(Metrics metrics) throws BadOrderException {
    Optional<String> user = metrics.optionalText("dp.download.username", MAX_SECRET);
    Optional<String> password = metrics.optionalText("dp.download.password", MAX_SECRET);
    return user.filter(text -> !text.isEmpty()).map(text -> new Login(text, password.orElse("")));
  }

  private static Optional<ExpectedHash> hash(Metrics metrics) throws BadOrderException {
    Optional<String> text = metrics.optionalText("dp.download.hash", Metrics.MAX_NAME);
    return text.isPresent() && !text.get().isBlank()
        ? Optional.of(ExpectedHash.parse(text.get().strip()))
        : Optional.empty();
  }
}
