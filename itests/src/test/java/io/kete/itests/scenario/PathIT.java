// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.itests.world.Registers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** From the registers of a device to the centre: everything, exact, in order, sealed where due. */
public class PathIT extends OnFelix {

  private static final String STREAM = "telemetry";
  private static final long LIVE = 60;
  private static final long BUFFERED = 60;
  private static final String OPEN =
      "\"pump-1/serial\", \"pump-1/coil*\", \"pump-1/contact*\", \"pump-1/*int*\","
          + " \"pump-1/float*\", \"pump-1/swapped\", \"pump-1/bit\", \"pump-1/step\","
          + " \"pump-1/lantern*\", \"pump-1/input*\"";

  @Configuration
  public static Option[] gateway() {
    Site site = Site.open(Platform.folder(PathIT.class));
    System.setProperty("kete.itests.begin", Long.toString(System.currentTimeMillis()));
    int device = site.peer().device();
    System.setProperty("kete.itests.device", Integer.toString(device));
    Plan plan =
        new Plan()
                .device("plc", "pump-1", device)
                .route(
                    "pump",
                    Plan.text(
                        "asset:pump-1?period=50",
                        "signal:range?channel=float64&max=5",
                        "signal:deadband?channel=step&delta=1",
                        "buffer:telemetry"))
                .stream(STREAM)
                .cloud(site.peer().broker());
    site.configure(plan, Plan.policy(1, OPEN));
    return Platform.product(site);
  }

  @Test
  public void everyRegisterArrivesAsItWasServed() throws Exception {
    assertComplete();
    awaitSamples(LIVE);
    peer().cut(peer().broker());
    long before = fact("buffer.telemetry", "accepted");
    Eventually.holds(
        PATIENCE,
        () -> assertThat(fact("buffer.telemetry", "accepted")).isGreaterThan(before + BUFFERED));
    assertSealedOnDisk();
    peer().mend(peer().broker());
    stopRoute("pump");
    long polls = polls(Integer.getInteger("kete.itests.device", 0));
    long end = System.currentTimeMillis();
    assertThat(polls).isGreaterThan(LIVE + BUFFERED);
    awaitEverything(STREAM);
    List<Sample> samples = peer().samples(STREAM);
    assertThat(samples).hasSize((int) fact("buffer.telemetry", "accepted"));
    assertThat(samples.stream().map(Sample::seq).toList())
        .isEqualTo(LongStream.rangeClosed(1, samples.size()).boxed().toList());
    List<Sample> read = samples.stream().dropWhile(PathIT::cameBeforeTheDriver).toList();
    assertThat(read.stream().map(sample -> sample.number("serial")).toList())
        .isEqualTo(LongStream.rangeClosed(1, polls).boxed().toList());
    read.forEach(PathIT::assertExact);
    assertTimes(read, Long.getLong("kete.itests.begin", 0), end);
    assertSealedOnTheWire();
  }

  /** The order in which components start is not fixed; a poll without driver is a bad sample. */
  static boolean cameBeforeTheDriver(Sample sample) {
    return sample.values().isEmpty()
        && sample.qualities().values().stream().allMatch(quality -> quality.startsWith("BAD: "));
  }

  private void awaitSamples(long count) {
    Eventually.holds(
        PATIENCE, () -> assertThat(peer().counts(STREAM).get(0)).isGreaterThanOrEqualTo(count));
  }

  private static void assertExact(Sample sample) {
    long n = sample.number("serial");
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("serial", Long.toString(n)),
            Map.entry("coil5", Boolean.toString(Registers.coil(n, 5))),
            Map.entry("contact2", Boolean.toString(Registers.discrete(n, 2))),
            Map.entry("int16", Long.toString(Registers.int16(n))),
            Map.entry("uint16", Long.toString(Registers.uint16(n))),
            Map.entry("int32", Long.toString(Registers.int32(n))),
            Map.entry("int64", Long.toString(Registers.int64(n))),
            Map.entry("float32", Double.toString(Registers.float32(n))),
            Map.entry("float64", Double.toString(Registers.float64(n))),
            Map.entry("swapped", Long.toString(Registers.int32(n))),
            Map.entry("bit", Boolean.toString(Registers.bit(n))),
            Map.entry("canary", Long.toString(Registers.canary(n))),
            Map.entry("canaryText", Registers.canaryText(n)),
            Map.entry("lantern", Long.toString(Registers.lantern(n))),
            Map.entry("lanternText", Registers.lanternText(n)),
            Map.entry("inputSerial", Long.toString(n)),
            Map.entry("inputTriple", Long.toString(3 * n)));
    assertThat(sample.values()).containsAllEntriesOf(expected);
    boolean moved = n == 1 || Registers.step(n) != Registers.step(n - 1);
    assertThat(sample.values().keySet()).hasSize(expected.size() + (moved ? 1 : 0));
    if (moved) {
      assertThat(sample.number("step")).isEqualTo(Registers.step(n));
    }
    if (Registers.float64(n) > 5) {
      assertThat(sample.qualities().get("float64")).startsWith("UNCERTAIN");
    } else {
      assertThat(sample.qualities()).isEmpty();
    }
  }

  private static void assertTimes(List<Sample> samples, long begin, long end) {
    List<Long> times = samples.stream().map(Sample::timeMillis).toList();
    assertThat(times).isSorted();
    assertThat(times.stream().distinct().count()).isGreaterThan(times.size() / 2);
    assertThat(times.get(0)).isGreaterThan(begin);
    assertThat(times.get(times.size() - 1)).isBetween(begin, end);
  }

  private void assertSealedOnDisk() throws Exception {
    for (byte[] pattern : patterns(Registers.canary(0), "CANARY-")) {
      assertThat(Site.filesWith(data(), pattern)).isEmpty();
    }
    long visible = 0;
    for (byte[] pattern : patterns(Registers.lantern(0), "LANTERN-")) {
      visible += Site.filesWith(data(), pattern).isEmpty() ? 0 : 1;
    }
    assertThat(visible).as("the search finds what is in clear").isGreaterThanOrEqualTo(2);
  }

  private void assertSealedOnTheWire() {
    for (byte[] pattern : patterns(Registers.canary(0), "CANARY-")) {
      assertThat(peer().messagesWith(pattern)).isZero();
    }
    assertThat(peer().messagesWith("canary".getBytes(StandardCharsets.US_ASCII))).isZero();
    List<Long> visible = new ArrayList<>();
    for (byte[] pattern : patterns(Registers.lantern(0), "LANTERN-")) {
      visible.add(peer().messagesWith(pattern));
    }
    assertThat(visible.stream().filter(count -> count > LIVE).count())
        .as("the search finds what is in clear")
        .isGreaterThanOrEqualTo(2);
  }

  /** What all values of a channel have in common, in every form they could be written in. */
  static List<byte[]> patterns(long number, String text) {
    byte[] big = ByteBuffer.allocate(8).putLong(number).array();
    byte[] little = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    return List.of(
        text.getBytes(StandardCharsets.US_ASCII),
        text.getBytes(StandardCharsets.UTF_16BE),
        Long.toString(number).substring(0, 12).getBytes(StandardCharsets.US_ASCII),
        Arrays.copyOf(big, 6),
        Arrays.copyOfRange(little, 2, 8),
        highGroups(number),
        highGroups(number << 1));
  }

  /** The groups of seven bits of a varint that no small addend reaches. */
  private static byte[] highGroups(long number) {
    byte[] groups = new byte[6];
    for (int i = 0; i < groups.length; i++) {
      int bits = (int) (number >>> (7 * (i + 3)) & 0x7F);
      boolean last = number >>> (7 * (i + 4)) == 0;
      groups[i] = (byte) (last ? bits : bits | 0x80);
    }
    return groups;
  }
}
