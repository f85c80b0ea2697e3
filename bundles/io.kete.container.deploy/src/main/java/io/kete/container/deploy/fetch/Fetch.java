// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.fetch;

import io.kete.container.deploy.pack.RefusedException;
import io.kete.kapua.codec.deploy.DownloadOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one file. A lost link is waited for and the rest is fetched, as long as bytes come again
 * within the patience; what cannot get better by waiting ends at once. Runs on one thread; {@link
 * #cancel} comes from another.
 */
public final class Fetch {

  private static final Logger logger = LoggerFactory.getLogger(Fetch.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long MAX_PAUSE_MILLIS = 15_000;

  /** So often in a row a server may end early without one more byte. */
  private static final int MAX_SHORT = 4;

  private final DownloadOrder order;
  private final Source source;
  private final Limits limits;
  private final Meter meter;
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private volatile @Nullable Response current;
  // of the run, by its thread only
  private long have;
  private long most;
  private boolean whole;
  private int shortAnswers;
  private long lastByte = System.nanoTime();

  /**
   * How far it goes.
   *
   * @param bytes most that are taken
   * @param patience longest time without one byte
   */
  public record Limits(long bytes, Duration patience) {}

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Meter {
    /** So many bytes are there, of so many; 0 when the server does not say. */
    void at(long bytes, long total);
  }

  /**
   * One fetch.
   *
   * @param meter is told how many bytes are there, after each block
   */
  public Fetch(DownloadOrder order, Source source, Limits limits, Meter meter) {
    this.order = order;
    this.source = source;
    this.limits = limits;
    this.meter = meter;
  }

  /** Ends it soon; may be called from any thread, before, during and after. */
  public void cancel() {
    cancelled.countDown();
    Response running = current;
    if (running != null) {
      running.close();
    }
  }

  /**
   * Writes the whole content to the file and to the medium.
   *
   * @throws RefusedException when it was not to be had; the file is then of no use
   */
  public void run(Path file) throws IOException, RefusedException, InterruptedException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      lastByte = System.nanoTime();
      int pauses = 0;
      while (!whole) {
        long before = most;
        String trouble = attempt(channel);
        checkCancelled();
        if (!whole) {
          pauses = most > before ? 0 : pauses + 1;
          waitFor(trouble, pauses);
        }
      }
      channel.force(true);
    }
  }

  private void waitFor(String trouble, int pauses) throws RefusedException, InterruptedException {
    long silent = System.nanoTime() - lastByte;
    if (have == 0 || shortAnswers >= MAX_SHORT || silent > limits.patience().toNanos()) {
      throw new RefusedException(trouble);
    }
    logger.info("download_interrupted job={} bytes={} reason=\"{}\"", order.job(), have, trouble);
    long pause = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(pauses, 10));
    pause(Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1)));
  }

  /** One request; tells what ended it. */
  private String attempt(FileChannel channel)
      throws IOException, RefusedException, InterruptedException {
    Response response;
    try {
      response = source.open(order, have);
    } catch (IOException e) {
      return source.host(order) + " cannot be reached: " + text(e);
    }
    current = response;
    try (response) {
      if (response.begin() != have) {
        have = 0;
        channel.truncate(0);
      }
      if (response.total().isPresent() && response.total().get() > limits.bytes()) {
        throw tooLong(response.total().get());
      }
      return receive(response, channel);
    } finally {
      current = null;
    }
  }

  private String receive(Response response, FileChannel channel)
      throws IOException, RefusedException, InterruptedException {
    byte[] block = new byte[order.pace().block()];
    long before = most;
    String end = "";
    for (int read = 0; read >= 0; ) {
      try {
        read = fill(response.body(), block);
      } catch (IOException e) {
        end = text(e);
        break;
      }
      if (read > 0) {
        write(channel, block, read, response.total().orElse(0L));
        pause(order.pace().delay());
      }
    }
    Optional<Long> total = response.total();
    whole = end.isEmpty() && (total.isEmpty() || total.get() == have);
    shortAnswers = most > before ? 0 : shortAnswers + 1;
    return "the download is cut off: "
        + have
        + " of "
        + total.map(String::valueOf).orElse("unknown")
        + " bytes"
        + (end.isEmpty() ? "" : " (" + end + ")");
  }

  /** As many bytes as there are, at most a block; -1 at the end. */
  private static int fill(InputStream body, byte[] block) throws IOException {
    return body.read(block);
  }

  private void write(FileChannel channel, byte[] block, int length, long total)
      throws IOException, RefusedException, InterruptedException {
    checkCancelled();
    if (have + length > limits.bytes()) {
      throw tooLong(have + length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(block, 0, length);
    while (bytes.hasRemaining()) {
      have += channel.write(bytes, have);
    }
    if (have > most) {
      // what comes again after a new beginning is no progress
      most = have;
      lastByte = System.nanoTime();
    }
    meter.at(have, total);
  }

  private RefusedException tooLong(long bytes) {
    return new RefusedException(
        "the file has " + bytes + " bytes or more; package.max-bytes allows " + limits.bytes());
  }

  private void pause(Duration time) throws RefusedException, InterruptedException {
    if (!time.isZero() && cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      checkCancelled();
    }
  }

  private void checkCancelled() throws RefusedException {
    if (cancelled.getCount() == 0) {
      throw new RefusedException("cancelled");
    }
  }

  private static String text(IOException e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
