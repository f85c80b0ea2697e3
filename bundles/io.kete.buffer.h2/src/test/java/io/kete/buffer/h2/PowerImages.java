// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import io.kete.data.api.BlockId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Takes images of the disk below a running stream, as a loss of power would leave it, and looks
 * what a start from each finds. The stream goes on meanwhile.
 */
public final class PowerImages {

  private static final long PATIENCE_SECONDS = 30;

  /**
   * What came of it.
   *
   * @param lost samples accepted before an image that the start did not find, all images together
   * @param unsent samples given out before an image that the start did not find
   * @param openWrites writes that were not synced, all images together
   * @param segments segments begun, all but a few of which were dropped
   */
  public record Result(
      int images,
      long accepted,
      long lost,
      long unsent,
      int failedStarts,
      long openWrites,
      long segments,
      double seconds) {

    /** Whether nothing was lost. */
    public boolean holds() {
      return lost == 0 && unsent == 0 && failedStarts == 0;
    }
  }

  /** Notes what was said before an image. */
  private static final class Promises implements Load.Witness {

    private final SeqRanges acknowledged = new SeqRanges();
    private long accepted;
    private long given;

    @Override
    public synchronized void accepted(long seq, long number) {
      accepted = Math.max(accepted, seq);
    }

    @Override
    public synchronized void delivered(BlockId block, long firstNumber) {
      given = Math.max(given, block.lastSeq());
      acknowledged.add(block.firstSeq(), block.lastSeq());
    }

    synchronized Promise promise() {
      return new Promise(accepted, given, acknowledged.ranges());
    }
  }

  private record Promise(long accepted, long given, List<SeqRanges.Range> acknowledged) {}

  private record Taken(Promise promise, int openWrites) {}

  private final Path directory;
  private final Random random;
  private final StreamSettings settings;
  private long lost;
  private long unsent;
  private int failedStarts;
  private long openWrites;

  private PowerImages(Path directory, long segmentBytes, boolean encrypted, long seed) {
    this.directory = directory;
    this.random = new Random(seed);
    this.settings =
        settings(
            "faulty:" + directory.resolve("stream"), segmentBytes, 24 * segmentBytes, encrypted);
  }

  /** The shipped settings but for the size of a segment and the bound. */
  private static StreamSettings settings(
      String directory, long segmentBytes, long maxBytes, boolean encrypted) {
    return new StreamSettings(
        "telemetry",
        "gw-1",
        directory,
        64,
        16,
        Duration.ofMillis(20),
        segmentBytes,
        maxBytes,
        WhenFull.PUSH_BACK,
        Duration.ZERO,
        0,
        Sending.DEFAULT,
        encrypted);
  }

  /**
   * Takes images of one run.
   *
   * @param encrypted whether the segments are
   * @param atLeast the run is not shorter
   * @param lie whether the disk only says that it syncs: the control, which must find losses
   */
  public static Result run(
      Path directory,
      long segmentBytes,
      boolean encrypted,
      int images,
      Duration atLeast,
      long seed,
      boolean lie)
      throws IOException {
    return new PowerImages(directory, segmentBytes, encrypted, seed).run(images, atLeast, lie);
  }

  private Result run(int images, Duration atLeast, boolean lie) throws IOException {
    FaultyDisk.insert();
    if (lie) {
      FaultyDisk.lieAboutSyncs();
    }
    Promises promises = new Promises();
    long start = System.nanoTime();
    long every = atLeast.toNanos() / images;
    long segments;
    try (Bench bench = new Bench(settings)) {
      bench.append(1).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      promises.accepted(1, 1);
      try (Load load = new Load(bench.stream, 2, 300, promises)) {
        for (int image = 0; image < images; image++) {
          at(start + image * every + (long) (random.nextDouble() * 20_000_000));
          take(promises, image);
        }
        at(start + atLeast.toNanos());
        if (load.refused() > 0) {
          throw new IOException("the disk refused samples");
        }
      }
      segments = bench.stream.segmentsBegun();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(
        images,
        promises.promise().accepted(),
        lost,
        unsent,
        failedStarts,
        openWrites,
        segments,
        seconds);
  }

  /** The moments of the images are part of the experiment, not a wait for something. */
  private static void at(long nanos) {
    long left = Math.max(0, nanos - System.nanoTime());
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS))
        .join();
  }

  private void take(Promises promises, int number) throws IOException {
    Path image = directory.resolve("image-" + number);
    CompletableFuture<Taken> taking = new CompletableFuture<>();
    FaultyDisk.after(
        random.nextInt(12),
        () -> {
          Promise promise = promises.promise();
          try {
            Path running = directory.resolve("stream");
            taking.complete(new Taken(promise, FaultyDisk.image(running, image, random)));
          } catch (IOException e) {
            taking.completeExceptionally(e);
          }
        });
    Taken taken = taking.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    openWrites += taken.openWrites();
    look(image, taken.promise());
    delete(image);
  }

  private void look(Path image, Promise promise) {
    try (Bench bench =
            new Bench(
                settings(
                    image.toString(), settings.segmentBytes(), 1L << 30, settings.encrypted()));
        Outlet outlet = bench.stream.open(() -> {})) {
      long last = bench.append(0).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      SeqRanges found = new SeqRanges();
      promise.acknowledged().forEach(range -> found.add(range.first(), range.last()));
      bench.deliverAll(outlet, parcel -> find(found, parcel, last));
      lost += missing(found, promise.accepted());
      unsent += Math.max(0, promise.given() - (last - 1));
      failedStarts += bench.stream.ledger().isEven() ? 0 : 1;
    } catch (CompletionException | ConditionTimeoutException e) {
      failedStarts++;
    }
  }

  /** Only a sample that is the one it says it is counts. */
  private static void find(SeqRanges found, Parcel parcel, long last) {
    if (parcel instanceof Parcel.Samples samples) {
      BlockId id = samples.block().id();
      for (int i = 0; i < id.count(); i++) {
        long seq = id.firstSeq() + i;
        if (seq == last || Bench.number(samples.block().open().get(i)) == seq) {
          found.add(seq, seq);
        }
      }
    }
  }

  private static long missing(SeqRanges found, long through) {
    return found.missing(1, through).stream().mapToLong(SeqRanges.Range::count).sum();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
