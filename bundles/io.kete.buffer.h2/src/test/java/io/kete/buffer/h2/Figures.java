// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.h2.StreamSettings.WhenFull;
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
import java.util.concurrent.CompletableFuture;

/**
 * Prints the figures of docs/adr/0002; run by hand: {@code Figures DIRECTORY}. Not a test, it
 * asserts nothing.
 */
final class Figures {

  private static final int ROUNDS = 7;
  private static final int RECORD = 256;

  private Figures() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    for (int batch : new int[] {64, 256}) {
      append(directory, batch);
    }
    backlog(directory.resolve("backlog"));
  }

  private static void append(Path directory, int batch) throws IOException {
    double[] ours = new double[ROUNDS];
    double[] raw = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      raw[round] = raw(directory.resolve("raw"), batch);
      ours[round] = stream(directory.resolve("stream-" + batch + "-" + round), batch);
    }
    Arrays.sort(ours);
    Arrays.sort(raw);
    System.out.printf(
        "batches of %d x %d B: stream %.0f records/s, raw write + fdatasync %.0f records/s, ratio %.2f%n",
        batch, RECORD, ours[ROUNDS / 2], raw[ROUNDS / 2], ours[ROUNDS / 2] / raw[ROUNDS / 2]);
  }

  private static double raw(Path file, int batch) throws IOException {
    Files.deleteIfExists(file);
    byte[] bytes = new byte[batch * RECORD];
    int batches = 200;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long start = System.nanoTime();
      for (int i = 0; i < batches; i++) {
        channel.write(ByteBuffer.wrap(bytes));
        channel.force(false);
      }
      return batches * (double) batch * 1e9 / (System.nanoTime() - start);
    }
  }

  private static double stream(Path directory, int batch) {
    try (Bench bench = new Bench(settings(directory, batch))) {
      appendBatch(bench, batch);
      long start = System.nanoTime();
      int batches = 200;
      for (int i = 0; i < batches; i++) {
        appendBatch(bench, batch);
      }
      return batches * (double) batch * 1e9 / (System.nanoTime() - start);
    }
  }

  private static StreamSettings settings(Path directory, int maxSamples) {
    return new StreamSettings(
        "figures",
        "gw",
        directory.toString(),
        maxSamples,
        16,
        Duration.ZERO,
        8L << 20,
        4L << 30,
        WhenFull.DROP_OLDEST,
        Duration.ZERO,
        Sending.DEFAULT);
  }

  private static void appendBatch(Bench bench, int batch) {
    Sample sample = Bench.sample(1, RECORD - 24);
    List<CompletableFuture<Long>> all = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      all.add(bench.append(sample));
    }
    all.get(batch - 1).join();
  }

  private static void backlog(Path directory) {
    int records = 500_000;
    System.out.printf("open, empty: %.0f ms%n", open(directory));
    try (Bench bench = new Bench(settings(directory, 256))) {
      long start = System.nanoTime();
      for (int i = 0; i < records / 4096; i++) {
        appendBatch(bench, 4096);
      }
      double rate = records * 1e9 / (System.nanoTime() - start);
      long stored = bench.stream.ledger().storedBytes();
      System.out.printf(
          "append, 4096 waiting: %.0f records/s; disk %.2f x payload; heap %.1f MB%n",
          rate, stored / (bench.stream.ledger().accepted() * (double) RECORD), heap());
    }
    System.out.printf("open, %d records: %.0f ms%n", records, open(directory));
    try (Bench bench = new Bench(settings(directory, 256));
        Outlet outlet = bench.stream.open(() -> {})) {
      appendBatch(bench, 1);
      long start = System.nanoTime();
      long drained = 0;
      List<Parcel> some = outlet.poll(16);
      while (!some.isEmpty()) {
        for (Parcel parcel : some) {
          drained += ((Parcel.Samples) parcel).block().id().count();
          outlet.acknowledge(parcel);
        }
        some = outlet.poll(16);
      }
      System.out.printf(
          "drain and acknowledge: %.0f records/s; heap %.1f MB%n",
          drained * 1e9 / (System.nanoTime() - start), heap());
    }
  }

  /** Until the first sample is accepted. */
  private static double open(Path directory) {
    long start = System.nanoTime();
    try (Bench bench = new Bench(settings(directory, 256))) {
      appendBatch(bench, 1);
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static double heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
  }
}
