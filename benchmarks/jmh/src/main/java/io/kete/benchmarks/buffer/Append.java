// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.buffer;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.buffer.h2.PlainStream;
import io.kete.data.api.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Durable appends against the bare medium, in turns: batches of 256 records of 256 bytes, and 64
 * producers with single appends: each hands over its next record when the last one was accepted. No
 * thread waits for that; what it costs when one does is printed beside it.
 */
public final class Append {

  private static final int ROUNDS = 7;
  private static final int BATCH = 256;
  private static final int RECORD = 256;
  private static final int PRODUCERS = 64;
  private static final double BATCH_BOUND = 0.3;
  private static final double SINGLE_BOUND = 20;

  private final Path directory;
  private final int batches;

  private Append(Path directory, int batches) {
    this.directory = directory;
    this.batches = batches;
  }

  public static void main(String... args) throws Exception {
    try (Scratch scratch = Scratch.make()) {
      boolean holds = new Append(scratch.directory(), Integer.parseInt(args[0])).run();
      System.exit(holds ? 0 : 1);
    }
  }

  private boolean run() throws Exception {
    double[][] figures = new double[5][ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      double[] once = {raw(BATCH, batches), batched(), raw(1, batches), chained(), waited()};
      for (int i = 0; i < once.length && round >= 0; i++) { // the first one warms up
        figures[i][round] = once[i];
      }
      Scratch.delete(directory);
    }
    return judge(Arrays.stream(figures).mapToDouble(Append::median).toArray());
  }

  private static double median(double[] rounds) {
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  private static boolean judge(double[] median) {
    double batch = median[1] / median[0];
    double single = median[3] / median[2];
    boolean holds = batch >= BATCH_BOUND && single >= SINGLE_BOUND;
    System.out.printf(
        Locale.ROOT,
        "  batches of %d: stream %,.0f records/s, raw write + fdatasync %,.0f records/s%n  singly:"
            + " %d producers %,.0f records/s, with a waiting thread each %,.0f, one sync for each"
            + " %,.0f records/s%n",
        BATCH,
        median[1],
        median[0],
        PRODUCERS,
        median[3],
        median[4],
        median[2]);
    System.out.printf(
        Locale.ROOT,
        "%s buffer-append: batches %.2f x raw, %d producers %.1f x one sync per record; bound:"
            + " %.1f, %.0f%n",
        holds ? "PROVED" : "FAILED",
        batch,
        PRODUCERS,
        single,
        BATCH_BOUND,
        SINGLE_BOUND);
    return holds;
  }

  /** Records per second of sequential writes of {@code records} records with a sync each. */
  private double raw(int records, int times) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("raw");
    Files.deleteIfExists(file);
    byte[] bytes = new byte[records * RECORD];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        channel.write(ByteBuffer.wrap(bytes));
        channel.force(false);
      }
      return (double) records * times * 1e9 / (System.nanoTime() - start);
    }
  }

  private double batched() throws Exception {
    try (PlainStream plain =
        new PlainStream(directory.resolve("batched"), BATCH, Duration.ZERO, 8L << 20)) {
      Appends appends = new Appends(plain.stream());
      appends.batch(BATCH);
      long start = System.nanoTime();
      for (int i = 0; i < batches; i++) {
        appends.batch(BATCH);
      }
      return (double) BATCH * batches * 1e9 / (System.nanoTime() - start);
    }
  }

  /** With the shipped settings of the group commit. */
  private PlainStream shipped(String name) {
    return new PlainStream(directory.resolve(name), 64, Duration.ofMillis(20), 8L << 20);
  }

  private double chained() throws Exception {
    try (PlainStream plain = shipped("chained")) {
      new Appends(plain.stream()).batch(1);
      CountDownLatch left = new CountDownLatch(PRODUCERS * batches);
      long start = System.nanoTime();
      for (int i = 0; i < PRODUCERS; i++) {
        new Producer(plain.stream(), batches, left).next();
      }
      left.await();
      return (double) PRODUCERS * batches * 1e9 / (System.nanoTime() - start);
    }
  }

  private double waited() throws Exception {
    try (PlainStream plain = shipped("waited")) {
      new Appends(plain.stream()).batch(1);
      List<Thread> producers = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        producers.add(new Thread(() -> produce(plain, batches), "producer-" + i));
      }
      long start = System.nanoTime();
      producers.forEach(Thread::start);
      for (Thread producer : producers) {
        producer.join();
      }
      return (double) PRODUCERS * batches * 1e9 / (System.nanoTime() - start);
    }
  }

  private static void produce(PlainStream plain, int times) {
    try {
      Appends appends = new Appends(plain.stream());
      for (int i = 0; i < times; i++) {
        appends.batch(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Appends one record after the other. */
  private static final class Producer implements AppendCallback {

    private final Stream stream;
    private final CountDownLatch left;
    private final Sample sample = PlainStream.record();
    private int more;

    Producer(Stream stream, int count, CountDownLatch left) {
      this.stream = stream;
      this.more = count;
      this.left = left;
    }

    void next() {
      if (more-- > 0) {
        stream.append(sample, this);
      }
    }

    @Override
    public void accepted(long seq) {
      next();
      left.countDown();
    }

    @Override
    public void refused(Refusal why) {
      throw new IllegalStateException(why.message());
    }
  }
}
