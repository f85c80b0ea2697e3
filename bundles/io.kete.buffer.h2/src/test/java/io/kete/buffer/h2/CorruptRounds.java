// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.data.api.BlockId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Damages a file of a store at random, starts, and looks what came back, what was reported as lost,
 * and what else was changed.
 *
 * <p>In turns the store was closed in order and any of its files is the victim, or it was killed
 * and any but the last segment is: what is at the end of that one after a kill cannot be told from
 * a commit that was never finished, so no reader can know how much was lost there.
 *
 * <p>A record lies outside the damage when its block, the unit that is stored and checked, has no
 * byte in a page of 4 KiB that was damaged.
 */
public final class CorruptRounds {

  private static final int PAGE = 4096;
  private static final long PATIENCE_SECONDS = 30;

  /**
   * What came of it.
   *
   * @param outside records outside the damaged pages, all rounds together
   * @param recovered how many of them were given out
   * @param inexact rounds whose reported loss was not the loss
   * @param touched rounds in which a file beside the damaged one was changed
   * @param lost records lost, all rounds together, of {@code stored}
   */
  public record Result(
      int rounds,
      int failedStarts,
      long outside,
      long recovered,
      int inexact,
      int touched,
      long lost,
      long stored) {

    Result and(Result other) {
      return new Result(
          rounds + other.rounds,
          failedStarts + other.failedStarts,
          outside + other.outside,
          recovered + other.recovered,
          inexact + other.inexact,
          touched + other.touched,
          lost + other.lost,
          stored + other.stored);
    }

    /** Whether all bounds hold. */
    public boolean holds() {
      return failedStarts == 0
          && inexact == 0
          && touched == 0
          && recovered >= Math.ceil(0.99 * outside);
    }
  }

  private final Path closed;
  private final Path killed;
  private final Path damaged;
  private final int samples;
  private final boolean encrypted;
  private final Random random;
  private int failedStarts;
  private int inexact;
  private int touched;
  private long outside;
  private long recovered;
  private long lost;

  private CorruptRounds(Path directory, int samples, boolean encrypted, long seed) {
    this.encrypted = encrypted;
    this.closed = directory.resolve("closed");
    this.killed = directory.resolve("killed");
    this.damaged = directory.resolve("damaged");
    this.samples = samples;
    this.random = new Random(seed);
  }

  /**
   * Fills a store with so many samples and damages so many copies of it; one half of them is
   * encrypted.
   */
  public static Result run(Path directory, int samples, int rounds, long seed) throws IOException {
    Result clear =
        new CorruptRounds(directory.resolve("clear"), samples, false, seed)
            .run(rounds - rounds / 2);
    Result encrypted =
        new CorruptRounds(directory.resolve("encrypted"), samples, true, seed + 1).run(rounds / 2);
    return clear.and(encrypted);
  }

  private Result run(int rounds) throws IOException {
    fill();
    for (int round = 0; round < rounds; round++) {
      round(round % 2 == 0);
    }
    return new Result(
        rounds, failedStarts, outside, recovered, inexact, touched, lost, (long) rounds * samples);
  }

  private void fill() throws IOException {
    try (Bench bench = new Bench(Bench.settings(closed.toString(), encrypted))) {
      bench.appendAll(1, samples);
      copy(closed, killed);
    }
  }

  private void round(boolean isClosed) throws IOException {
    Path original = isClosed ? closed : killed;
    delete(damaged);
    copy(original, damaged);
    List<Path> files = files(damaged);
    Path last = files.get(files.size() - 1);
    Path victim = files.get(random.nextInt(files.size() - (isClosed ? 0 : 1)));
    BitSet hit = damage(victim);
    Map<String, byte[]> others = new HashMap<>();
    for (Path file : files) {
      boolean isContinued = isClosed && file.equals(last);
      if (!file.equals(victim) && !isContinued && file.toString().endsWith(".mv")) {
        others.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    look(outsideOf(original.resolve(victim.getFileName().toString()), hit), others);
  }

  /** Damages a file in one of several ways; returns its bytes that are not what they were. */
  private BitSet damage(Path victim) throws IOException {
    byte[] before = Files.readAllBytes(victim);
    byte[] after = before.clone();
    switch (random.nextInt(6)) {
      case 0 -> flip(after, 1 + random.nextInt(3));
      case 1 -> fill(after, PAGE * random.nextInt(after.length / PAGE + 1), PAGE, false);
      case 2 -> fill(after, random.nextInt(after.length), 1 + random.nextInt(6000), true);
      case 3 -> after = Arrays.copyOf(after, random.nextInt(after.length));
      case 4 -> fill(after, 0, 2 * PAGE, true);
      default -> {
        int from = random.nextInt(after.length);
        System.arraycopy(before, 0, after, from, Math.min(700, after.length - from));
      }
    }
    Files.write(victim, after);
    BitSet hit = new BitSet();
    for (int i = 0; i < before.length; i++) {
      if (i >= after.length || before[i] != after[i]) {
        hit.set(i / PAGE);
      }
    }
    return hit;
  }

  private void flip(byte[] bytes, int times) {
    for (int i = 0; i < times; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private void fill(byte[] bytes, int from, int length, boolean noise) {
    byte[] content = new byte[Math.max(0, Math.min(length, bytes.length - from))];
    if (noise) {
      random.nextBytes(content);
    }
    System.arraycopy(content, 0, bytes, Math.min(from, bytes.length), content.length);
  }

  /** Records that have nothing to do with the damaged pages. */
  private BitSet outsideOf(Path before, BitSet hit) throws IOException {
    BitSet all = new BitSet();
    all.set(1, samples + 1);
    byte[] bytes = Files.readAllBytes(before);
    BitSet inside = new BitSet();
    for (int at = 0; at <= bytes.length - Frame.OVERHEAD; at++) {
      if (ByteBuffer.wrap(bytes).getInt(at) != Frame.MAGIC) {
        continue;
      }
      Frame frame = Frame.parse(bytes, at, bytes.length).orElse(null);
      if (frame != null && frame.count() > 0) {
        int end = at + frame.payload().length + Frame.OVERHEAD - 1;
        int next = hit.nextSetBit(at / PAGE);
        if (next >= 0 && next <= end / PAGE) {
          inside.set((int) frame.position(), (int) frame.lastSeq() + 1);
        }
      }
    }
    all.andNot(inside);
    return all;
  }

  private void look(BitSet expected, Map<String, byte[]> others) throws IOException {
    try (Bench bench = new Bench(Bench.settings(damaged.toString(), encrypted));
        Outlet outlet = bench.stream.open(() -> {})) {
      BitSet found = new BitSet();
      BitSet reported = new BitSet();
      collect(bench, outlet, found, reported);
      touched += changed(others) ? 1 : 0;
      long ledger = bench.stream.ledger().dropped().getOrDefault("damaged", 0L);
      BitSet missing = new BitSet();
      missing.set(1, samples + 1);
      missing.andNot(found);
      boolean exact = missing.equals(reported) && ledger == missing.cardinality();
      inexact += exact && bench.stream.ledger().isEven() ? 0 : 1;
      lost += missing.cardinality();
      outside += expected.cardinality();
      expected.and(found);
      recovered += expected.cardinality();
    } catch (CompletionException | ConditionTimeoutException e) {
      failedStarts++;
    }
  }

  private void collect(Bench bench, Outlet outlet, BitSet found, BitSet reported) {
    long last = bench.append(0).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    org.awaitility.Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              boolean atEnd = false;
              for (Parcel parcel : Bench.drain(outlet)) {
                atEnd |= note(parcel, found, reported, last);
              }
              return atEnd;
            });
    Bench.drain(outlet).forEach(parcel -> note(parcel, found, reported, last));
  }

  /** Whether the parcel is the last one. */
  private boolean note(Parcel parcel, BitSet found, BitSet reported, long last) {
    if (parcel instanceof Parcel.Samples block) {
      BlockId id = block.block().id();
      for (int i = 0; i < id.count(); i++) {
        if (Bench.number(block.block().open().get(i)) == id.firstSeq() + i) {
          found.set((int) id.firstSeq() + i);
        }
      }
      return id.lastSeq() == last;
    }
    if (parcel instanceof Parcel.Dropped range) {
      reported.set((int) range.firstSeq(), (int) (range.firstSeq() + range.count()));
    }
    return false;
  }

  private boolean changed(Map<String, byte[]> others) throws IOException {
    for (Map.Entry<String, byte[]> other : others.entrySet()) {
      Path file = damaged.resolve(other.getKey());
      if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), other.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toFile().length() > 0).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : files(from)) {
      Files.copy(file, to.resolve(file.getFileName().toString()));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
          Files.delete(file);
        }
      }
    }
  }
}
