// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.fetch;

import io.kete.container.deploy.pack.RefusedException;
import io.kete.kapua.codec.deploy.DownloadOrder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks an HTTP server for a file or the rest of one. One for each fetch: it remembers which state
 * of the file it began with.
 */
public final class Source {

  private static final int MAX_REDIRECTS = 5;
  private static final int PARTIAL = 206;
  private static final int NOT_SATISFIABLE = 416;
  private static final int TEMPORARY_REDIRECT = 307;
  private static final int PERMANENT_REDIRECT = 308;
  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private final HttpsTrust trust;
  private @Nullable String state;

  /** With whom HTTPS trusts. */
  public Source(HttpsTrust trust) {
    this.trust = trust;
  }

  String host(DownloadOrder order) {
    return String.valueOf(order.uri().getHost());
  }

  /**
   * Asks.
   *
   * @param from the first byte that is wanted; the server may begin at 0 all the same
   * @throws IOException when asking again may help
   */
  Response open(DownloadOrder order, long from) throws IOException, RefusedException {
    return HttpsTrust.ask(host(order), () -> ask(order, from));
  }

  private Response ask(DownloadOrder order, long from) throws IOException, RefusedException {
    URI uri = order.uri();
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpURLConnection connection = connect(order, uri, from);
      Optional<URI> elsewhere = redirect(connection, uri);
      if (elsewhere.isEmpty()) {
        return answer(connection, from);
      }
      connection.disconnect();
      uri = elsewhere.get();
    }
    throw new RefusedException("the server redirects more than " + MAX_REDIRECTS + " times");
  }

  private HttpURLConnection connect(DownloadOrder order, URI uri, long from)
      throws IOException, RefusedException {
    HttpURLConnection connection = trust.connect(uri, order.pace().timeout(), from);
    if (isSameServer(order.uri(), uri)) {
      order
          .login()
          .ifPresent(login -> connection.setRequestProperty("Authorization", basic(login)));
    }
    if (from > 0 && state != null) {
      connection.setRequestProperty("If-Range", state);
    }
    return connection;
  }

  private static boolean isSameServer(URI one, URI other) {
    return String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort()
        && String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme());
  }

  private static String basic(DownloadOrder.Login login) {
    byte[] text = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(text);
  }

  private static Optional<URI> redirect(HttpURLConnection connection, URI from)
      throws IOException, RefusedException {
    int code = connection.getResponseCode();
    String location = connection.getHeaderField("Location");
    boolean redirects =
        (code >= 301 && code <= 303) || code == TEMPORARY_REDIRECT || code == PERMANENT_REDIRECT;
    if (!redirects) {
      return Optional.empty();
    }
    try {
      URI to = from.resolve(String.valueOf(location));
      boolean secured = "https".equalsIgnoreCase(to.getScheme());
      boolean plain =
          "http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme());
      if (location != null && (secured || plain)) {
        return Optional.of(to);
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException("the server redirects to what is no address", e);
    }
    throw new RefusedException(
        "the server redirects away from " + from.getScheme() + ", which is not followed");
  }

  private Response answer(HttpURLConnection connection, long from)
      throws IOException, RefusedException {
    int code = connection.getResponseCode();
    if (code == HttpURLConnection.HTTP_OK || code == PARTIAL) {
      state = state(connection);
    }
    switch (code) {
      case HttpURLConnection.HTTP_OK -> {
        long length = connection.getContentLengthLong();
        return response(connection, 0, length < 0 ? Optional.empty() : Optional.of(length));
      }
      case PARTIAL -> {
        Matcher range = RANGE.matcher(String.valueOf(connection.getHeaderField("Content-Range")));
        if (range.matches() && Long.parseLong(range.group(1)) == from) {
          return response(
              connection,
              from,
              range.group(2).equals("*")
                  ? Optional.empty()
                  : Optional.of(Long.valueOf(range.group(2))));
        }
        throw new RefusedException(
            "the server sends another part of the file than it was asked for");
      }
      case NOT_SATISFIABLE ->
          throw new RefusedException("the file became shorter while it was fetched");
      default -> {
        connection.disconnect();
        String text = "the server answers " + code + " " + plain(connection.getResponseMessage());
        if (code >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
          throw new IOException(text);
        }
        throw new RefusedException(text);
      }
    }
  }

  private static Response response(HttpURLConnection connection, long begin, Optional<Long> total)
      throws IOException {
    return new Response(begin, total, connection.getInputStream(), connection::disconnect);
  }

  private static @Nullable String state(HttpURLConnection connection) {
    String tag = connection.getHeaderField("ETag");
    return tag != null && !tag.startsWith("W/") ? tag : connection.getHeaderField("Last-Modified");
  }

  private static String plain(@Nullable String text) {
    String shown = text == null ? "" : text.replaceAll("[^\\x20-\\x7e]", "?");
    return shown.substring(0, Math.min(shown.length(), 80));
  }
}
