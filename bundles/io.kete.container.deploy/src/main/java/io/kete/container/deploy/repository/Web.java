// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.fetch.HttpsTrust;
import io.kete.container.deploy.pack.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files below one address: of a web server, or of a folder such as a stick. Redirects are not
 * followed. Nothing that comes is trusted; who asks says how much may come.
 */
final class Web {

  private static final Logger logger = LoggerFactory.getLogger(Web.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int BLOCK = 1 << 15;
  private static final int MAX_REQUESTS = 200;

  /** So often in a row nothing more may come. */
  private static final int MAX_IDLE = 4;

  private static final int PARTIAL = 206;
  private static final int NOT_SATISFIABLE = 416;

  private final URI root;
  private final HttpsTrust tls;
  private final CountDownLatch stopped;
  private final Duration pause;

  /**
   * A place.
   *
   * @param tls whom HTTPS trusts
   * @param stopped ends waiting
   * @param pause before the rest of a file is asked for again
   */
  Web(URI root, HttpsTrust tls, CountDownLatch stopped, Duration pause) {
    this.root = root;
    this.tls = tls;
    this.stopped = stopped;
    this.pause = pause;
  }

  /** The address of a repository: http, https or file, with a slash at its end. */
  static URI address(String text) throws RefusedException {
    try {
      URI uri = URI.create(text.endsWith("/") ? text : text + "/");
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean web = List.of("http", "https").contains(scheme) && uri.getHost() != null;
      if ((web || scheme.equals("file")) && uri.getQuery() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException("'" + text + "' is no address of a repository", e);
    }
    throw new RefusedException(
        "'" + text + "' is no address of a repository; it begins with http://, https:// or file:");
  }

  /** A small file as a whole. */
  byte[] bytes(String path, int limit) throws RefusedException {
    try (Answer answer = open(path, 0);
        InputStream in = new Limited(answer.body(), limit)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      in.transferTo(bytes);
      if (answer.length() >= 0 && bytes.size() != answer.length()) {
        throw new IOException("it is cut off");
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new RefusedException(path + " of the repository cannot be read: " + text(e), e);
    }
  }

  /** A file, or its rest when a part is there; what came stays when the link is lost. */
  void fetch(String path, Path file, long size, LongConsumer meter)
      throws RefusedException, IOException, InterruptedException {
    String trouble = "";
    int idle = 0;
    for (int request = 0; request < MAX_REQUESTS && idle < MAX_IDLE; request++) {
      if (request > 0 && stopped.await(pause.toMillis() << idle, TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("the gateway stops");
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        long before = channel.size();
        trouble = attempt(path, channel, size, meter);
        if (trouble.isEmpty()) {
          channel.force(true);
          return;
        }
        idle = channel.size() > before ? 0 : idle + 1;
        logger.info(
            "repository_interrupted file={} bytes={} reason=\"{}\"", path, channel.size(), trouble);
      }
    }
    throw new RefusedException(path + " of the repository cannot be fetched: " + trouble);
  }

  /** One request; tells what is wrong, nothing when all is there. */
  private String attempt(String path, FileChannel channel, long size, LongConsumer meter)
      throws IOException, RefusedException {
    if (channel.size() > size) {
      channel.truncate(0);
    }
    if (channel.size() == size) {
      return "";
    }
    Answer answer;
    try {
      answer = open(path, channel.size());
    } catch (IOException e) {
      return text(e);
    }
    try (answer) {
      if (answer.begin() == 0) {
        channel.truncate(0);
      }
      if (answer.length() >= 0 && answer.begin() + answer.length() != size) {
        throw new RefusedException(
            path + " of the repository does not have the " + size + " bytes its index says");
      }
      channel.position(channel.size());
      String end = receive(answer.body(), channel, size, meter);
      if (channel.size() > size) {
        channel.truncate(0);
        throw new RefusedException(path + " of the repository is longer than its index says");
      }
      return channel.size() == size
          ? ""
          : "cut off after " + channel.size() + " of " + size + " bytes" + end;
    }
  }

  private static String receive(
      InputStream body, FileChannel channel, long size, LongConsumer meter) throws IOException {
    byte[] block = new byte[BLOCK];
    while (channel.size() <= size) {
      int read;
      try {
        read = body.read(block);
      } catch (IOException e) {
        return " (" + text(e) + ")";
      }
      if (read < 0) {
        return "";
      }
      ByteBuffer bytes = ByteBuffer.wrap(block, 0, read);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      meter.accept(channel.size());
    }
    return "";
  }

  private record Answer(long begin, long length, InputStream body, Runnable end)
      implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  private Answer open(String path, long from) throws IOException, RefusedException {
    if (!SumList.isPath(path)) {
      throw new RefusedException("the repository names a file that is no plain relative path");
    }
    URI uri = root.resolve(path);
    if ("file".equalsIgnoreCase(uri.getScheme())) {
      Path file = Path.of(uri);
      long length = Files.size(file);
      InputStream in = Files.newInputStream(file);
      in.skipNBytes(Math.min(from, length));
      return new Answer(
          Math.min(from, length), length - Math.min(from, length), in, () -> close(in));
    }
    HttpURLConnection connection = tls.connect(uri, TIMEOUT, from);
    return HttpsTrust.ask(String.valueOf(root.getHost()), () -> answer(path, connection, from));
  }

  private static Answer answer(String path, HttpURLConnection connection, long from)
      throws IOException, RefusedException {
    int code = connection.getResponseCode();
    long length = connection.getContentLengthLong();
    if (code == HttpURLConnection.HTTP_OK) {
      return new Answer(0, length, connection.getInputStream(), connection::disconnect);
    }
    String range = String.valueOf(connection.getHeaderField("Content-Range"));
    if (code == PARTIAL && range.startsWith("bytes " + from + "-")) {
      return new Answer(from, length, connection.getInputStream(), connection::disconnect);
    }
    connection.disconnect();
    if (code >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      throw new IOException("the server answers " + code);
    }
    throw new RefusedException(
        "the server answers " + code + " to " + path + reason(code) + "; nothing was changed");
  }

  private static String reason(int code) {
    if (code >= 300 && code < 400) {
      return ": redirects are not followed, give the address it leads to";
    }
    return code == NOT_SATISFIABLE || code == PARTIAL ? ": another part than was asked for" : "";
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      logger.debug("repository_file_not_closed", e);
    }
  }

  private static String text(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
