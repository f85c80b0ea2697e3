// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import io.kete.data.api.Reading.Failed;
import io.kete.data.api.Reading.Measured;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/** Blocks made from a seed. */
final class Blocks {

  private static final ClockQuality[] CLOCKS = ClockQuality.values();

  private Blocks() {}

  static Block random(Random random) {
    int count = 1 + random.nextInt(8);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(sample(random));
    }
    Optional<SealedBlock> sealed = Optional.empty();
    if (random.nextBoolean()) {
      byte[] envelope = new byte[random.nextInt(64)];
      random.nextBytes(envelope);
      sealed = Optional.of(new SealedBlock("e" + random.nextInt(9), ByteBuffer.wrap(envelope)));
    }
    long firstSeq = 1L + random.nextInt(Integer.MAX_VALUE);
    long incarnation = random.nextLong() & Long.MAX_VALUE;
    return new Block(
        new BlockId("gw-" + random.nextInt(3), "telemetry", incarnation, firstSeq, count),
        "1.0",
        samples,
        sealed);
  }

  private static Sample sample(Random random) {
    long time = 1_700_000_000_000L + random.nextInt();
    List<Reading> readings = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      readings.add(
          reading(random, "channel-" + i, time + (random.nextBoolean() ? 0 : random.nextInt(99))));
    }
    ClockQuality clock = CLOCKS[random.nextInt(3)];
    List<Lineage> lineage =
        random.nextBoolean()
            ? List.of()
            : List.of(
                new Lineage(
                    "slot",
                    "m",
                    "1." + random.nextInt(3) + ".0",
                    "ab12",
                    List.of("a"),
                    List.of("b", "c")));
    return new Sample("pump-" + random.nextInt(2), time, clock, readings, lineage);
  }

  private static Reading reading(Random random, String channel, long time) {
    TypedValue<?> value =
        switch (random.nextInt(8)) {
          case 0 -> TypedValues.newBooleanValue(random.nextBoolean());
          case 1 -> TypedValues.newByteArrayValue(new byte[] {1, 2, (byte) random.nextInt()});
          case 2 -> TypedValues.newDoubleValue(random.nextGaussian());
          case 3 -> TypedValues.newIntegerValue(random.nextInt());
          case 4 -> TypedValues.newLongValue(random.nextLong());
          case 5 -> TypedValues.newFloatValue(random.nextFloat());
          case 6 -> TypedValues.newStringValue("text äöü 漢 " + random.nextInt());
          default -> null;
        };
    if (value == null) {
      return new Failed(channel, random.nextBoolean() ? "" : "timeout", time);
    }
    Measured good = Measured.good(channel, value, random.nextBoolean() ? "" : "l/min", time);
    return random.nextBoolean() ? good : good.uncertain("above range");
  }
}
