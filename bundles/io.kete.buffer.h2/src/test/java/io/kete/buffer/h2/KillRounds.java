// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.StreamLedger;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import io.kete.data.api.BlockId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process that appends and drains is killed again and again, each time on the same store. What it
 * said before is compared with what is there in the end.
 */
public final class KillRounds {

  /** Most samples that may be sent twice because of one kill. */
  public static final int WINDOW = 2_048;

  private static final int BLOCK = 64;
  private static final long PATIENCE_SECONDS = 30;

  /**
   * What came of it.
   *
   * @param lost accepted samples that were neither delivered nor there in the end
   * @param wrong samples that came with another number than they were accepted with
   * @param failedStarts processes that did not open the store
   * @param worstTwice most samples that came again because the process that had delivered them last
   *     was killed
   * @param alarms segments that a process took for damaged, as far as it has a log
   */
  public record Result(
      int rounds,
      long accepted,
      long delivered,
      long lost,
      long wrong,
      int failedStarts,
      long worstTwice,
      long alarms,
      boolean even) {

    /** Whether nothing was lost. */
    public boolean holds() {
      return lost == 0
          && wrong == 0
          && failedStarts == 0
          && alarms == 0
          && even
          && worstTwice <= WINDOW;
    }
  }

  private final Path directory;
  private final Path log;
  private final Random random;
  private final SeqRanges accepted = new SeqRanges();
  private final SeqRanges delivered = new SeqRanges();

  /** Sequence number minus number, by the first sequence number of a process. */
  private final TreeMap<Long, Long> offsets = new TreeMap<>();

  private long wrong;
  private int failedStarts;

  /** What each process delivered, the last one last. */
  private final List<SeqRanges> sentBy = new ArrayList<>();

  /** How much of what a process had delivered last came again, by its number. */
  private final Map<Integer, Long> twice = new HashMap<>();

  private KillRounds(Path directory, long seed) {
    this.directory = directory;
    this.log = directory.resolveSibling(directory.getFileName() + ".log");
    this.random = new Random(seed);
  }

  static StreamSettings settings(Path directory, boolean encrypted) {
    return new StreamSettings(
        "telemetry",
        "gw-1",
        directory.toString(),
        BLOCK,
        16,
        Duration.ofMillis(2),
        Bench.SEGMENT,
        1L << 30,
        WhenFull.PUSH_BACK,
        Duration.ZERO,
        0,
        new Sending(5, "cloud", Sending.Laning.TWO, Duration.ofMillis(200), WINDOW - BLOCK),
        encrypted);
  }

  /** Two rounds clear, two encrypted, in turns, so that each follows on each. */
  private static boolean isEncrypted(long round) {
    return round % 4 >= 2;
  }

  /** Kills {@code rounds} processes on a store in the directory. */
  public static Result run(Path directory, int rounds, long seed)
      throws IOException, InterruptedException {
    KillRounds kills = new KillRounds(Files.createDirectories(directory), seed);
    for (int round = 1; round <= rounds; round++) {
      kills.round(round);
    }
    return kills.judge(rounds);
  }

  private void round(int round) throws IOException, InterruptedException {
    Process process = start(round);
    boolean opened = false;
    sentBy.add(new SeqRanges());
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int killAfter = 1 + random.nextInt(120);
      String line = completeLine(lines);
      for (int i = 0; line != null; i++) {
        opened = true;
        note(line);
        if (i == killAfter) {
          // by its handle: the process itself would close the pipe with what was said already
          process.toHandle().destroyForcibly();
        }
        line = completeLine(lines);
      }
    } finally {
      process.destroyForcibly();
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    failedStarts += opened ? 0 : 1;
  }

  private Process start(int round) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), directory.toString(), String.valueOf(round)));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** The next line; null when the process ended before it was complete. */
  private static @Nullable String completeLine(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    return line != null && line.endsWith(".") ? line.substring(0, line.length() - 1) : null;
  }

  /** A line is "A seq number" or "D firstSeq count firstNumber". */
  private void note(String line) {
    String[] words = line.split(" ", -1);
    long seq = Long.parseLong(words[1]);
    if (words[0].equals("A")) {
      long offset = seq - Long.parseLong(words[2]);
      Long known = offsets.isEmpty() ? null : offsets.lastEntry().getValue();
      if (known == null || known != offset) {
        offsets.put(seq, offset);
      }
      accepted.add(offsets.lastKey(), seq);
    } else {
      deliver(seq, Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
  }

  private void deliver(long first, long count, long number) {
    long last = first + count - 1;
    int round = sentBy.size() - 1;
    if (delivered.add(first, last).stream().mapToLong(SeqRanges.Range::count).sum() < count) {
      for (int before = round - 1; before >= 0; before--) {
        if (sentBy.get(before).covers(first, last)) {
          twice.merge(before, count, Long::sum);
          break;
        }
      }
    }
    sentBy.get(round).add(first, last);
    if (accepted.covers(first, first) && offsets.floorEntry(first).getValue() != first - number) {
      wrong++;
    }
  }

  private long alarms() throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> alarms = lines.filter(line -> line.contains("segment_damaged")).toList();
      alarms.forEach(System.err::println);
      return alarms.size();
    }
  }

  private Result judge(int rounds) throws IOException {
    try (Bench bench = new Bench(settings(directory, true));
        Outlet outlet = bench.stream.open(() -> {})) {
      sentBy.add(new SeqRanges());
      long last = bench.append(0).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      bench.deliverAll(
          outlet,
          parcel -> {
            if (parcel instanceof Parcel.Samples samples) {
              BlockId id = samples.block().id();
              deliver(id.firstSeq(), id.count(), Bench.number(samples.block().open().get(0)));
            }
          });
      StreamLedger ledger = bench.stream.ledger();
      long lost = 0;
      for (SeqRanges.Range range : accepted.ranges()) {
        lost +=
            delivered.missing(range.first(), range.last()).stream()
                .mapToLong(SeqRanges.Range::count)
                .sum();
      }
      boolean even = ledger.isEven() && ledger.accepted() == last && ledger.dropped().isEmpty();
      return new Result(
          rounds,
          accepted.size(),
          delivered.size(),
          lost,
          wrong,
          failedStarts,
          twice.values().stream().mapToLong(Long::longValue).max().orElse(0),
          alarms(),
          even);
    }
  }

  /** Appends and drains, and says what it did. */
  static final class Child {

    private Child() {}

    public static void main(String[] args) throws InterruptedException {
      long round = Long.parseLong(args[1]);
      DurableStream stream = new Bench(settings(Path.of(args[0]), isEncrypted(round))).stream;
      long first = round * 1_000_000_000L;
      new Load(stream, first, 500, new Printer()).await(Duration.ofHours(1));
    }
  }

  private static final class Printer implements Load.Witness {

    private long printed;

    @Override
    public void accepted(long seq, long number) {
      if (seq % 7 == 0 || printed == 0) {
        printed++;
        print("A " + seq + " " + number);
      }
    }

    @Override
    public void delivered(BlockId block, long firstNumber) {
      print("D " + block.firstSeq() + " " + block.count() + " " + firstNumber);
    }

    private static synchronized void print(String line) {
      System.out.print(line + ".\n");
      System.out.flush();
    }
  }
}
