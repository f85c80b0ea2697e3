// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.junit.jupiter.api.Test;

/**
 * 100,000 hostile inputs: no exception, and whatever is accepted means the same to Google's
 * library.
 */
class CodecFuzzTest {

  private static final int INPUTS = Integer.getInteger("kete.fuzz.inputs", 100_000);

  /** An object of the result costs more than its bytes on the wire, but only so much more. */
  private static final int MAX_ALLOCATED_PER_BYTE = 200;

  private static final int MAX_ALLOCATED_ALWAYS = 8 * 1024;

  private final Random random = new Random(20261122);
  private final KuraPayloadDecoder decoder = new KuraPayloadDecoder(64 * 1024);
  private final ProtobufReference reference = new ProtobufReference();

  @Test
  void writesWhatGooglesLibraryReads() {
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      for (int i = 0; i < 2_000; i++) {
        KuraPayload payload = randomPayload();
        byte[] encoded = encoder.encode(payload);
        assertSame(reference.read(encoded).orElseThrow(), payload);
        assertSame(decoder.parse(encoded).orElseThrow(), payload);
        assertSame(decoder.decode(encoder.encodeShortest(payload)), payload);
      }
    }
  }

  @Test
  void survivesMutatedAndRandomInput() {
    List<byte[]> seeds = seeds();
    int accepted = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input =
          i % 5 == 0
              ? randomBytes(random.nextInt(64))
              : mutated(seeds.get(random.nextInt(seeds.size())));
      assertThat(decoder.decode(input)).isNotNull();
      Optional<KuraPayload> read = decoder.parse(input);
      if (read.isPresent()) {
        accepted++;
        assertSame(reference.read(input).orElseThrow(), read.get());
      }
    }
    assertThat(accepted).isBetween(INPUTS / 100, INPUTS * 99 / 100);
  }

  @Test
  void allocatesNoMoreThanTheInputIsWorth() {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<byte[]> seeds = seeds();
    long worst = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input =
          i % 5 == 0
              ? randomBytes(random.nextInt(64))
              : mutated(seeds.get(random.nextInt(seeds.size())));
      if (input.length > 1 && input[0] == 0x1F && (input[1] & 0xFF) == 0x8B) {
        continue; // what is inflated has a bound of its own
      }
      long before = memory.getCurrentThreadAllocatedBytes();
      Optional<KuraPayload> read = decoder.parse(input);
      long allocated = memory.getCurrentThreadAllocatedBytes() - before;
      assertThat(read).isNotNull();
      worst = Math.max(worst, allocated - (long) MAX_ALLOCATED_PER_BYTE * input.length);
    }
    assertThat(worst).isLessThanOrEqualTo(MAX_ALLOCATED_ALWAYS);
  }

  @Test
  void survivesTruncationAtEachByte() {
    for (byte[] seed : seeds()) {
      for (int length = 0; length <= seed.length; length++) {
        assertThat(decoder.decode(Arrays.copyOf(seed, length))).isNotNull();
      }
    }
  }

  @Test
  void survivesHostileTopicsAndRequests() {
    KapuaAddress address = new KapuaAddress("$EDC", "acme", new ClientId("gw"));
    for (int i = 0; i < INPUTS; i++) {
      String tail = new String(randomBytes(random.nextInt(40)), StandardCharsets.ISO_8859_1);
      String topic =
          (i % 2 == 0 ? "$EDC/acme/gw/" : "") + tail.replace((char) (random.nextInt(64) + 32), '/');
      address
          .request(topic)
          .ifPresent(
              request -> {
                assertThat(request.resources()).hasSizeLessThan(32);
                assertThat(KapuaAddress.matches(address.requestFilter(), topic)).isTrue();
                assertThat(ManagementRequest.of(request, randomPayload())).isEmpty();
              });
    }
  }

  private List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      for (int i = 0; i < 50; i++) {
        KuraPayload payload = randomPayload();
        seeds.add(encoder.encode(payload));
        seeds.add(encoder.encodeShortest(payload));
      }
    }
    return seeds;
  }

  private byte[] mutated(byte[] seed) {
    byte[] input =
        Arrays.copyOf(
            seed, Math.max(0, seed.length + (random.nextInt(8) == 0 ? random.nextInt(9) - 4 : 0)));
    for (int i = random.nextInt(4); i > 0 && input.length > 0; i--) {
      int at = random.nextInt(input.length);
      input[at] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) (input[at] ^ (1 << random.nextInt(8)));
    }
    return input;
  }

  private KuraPayload randomPayload() {
    KuraPayload payload = new KuraPayload();
    if (random.nextBoolean()) {
      payload.setTimestamp(new Date(random.nextLong()));
    }
    if (random.nextInt(4) == 0) {
      KuraPosition position = new KuraPosition();
      position.setLatitude(random.nextDouble());
      position.setLongitude(random.nextDouble());
      position.setAltitude(random.nextGaussian());
      position.setSatellites(random.nextInt());
      payload.setPosition(position);
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      payload.addMetric("mätric" + random.nextInt(1000), randomValue());
    }
    if (random.nextInt(3) == 0) {
      payload.setBody(randomBytes(random.nextInt(200)));
    }
    return payload;
  }

  private Object randomValue() {
    return switch (random.nextInt(7)) {
      case 0 -> random.nextDouble();
      case 1 -> random.nextFloat();
      case 2 -> random.nextLong();
      case 3 -> random.nextInt();
      case 4 -> random.nextBoolean();
      case 5 -> "text😀".repeat(random.nextInt(20));
      default -> randomBytes(random.nextInt(30));
    };
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void assertSame(KuraPayload expected, KuraPayload read) {
    assertThat(described(read)).isEqualTo(described(expected));
  }

  private static String described(KuraPayload payload) {
    StringBuilder text = new StringBuilder();
    Date time = payload.getTimestamp();
    text.append(time == null ? "-" : time.getTime()).append(Arrays.toString(payload.getBody()));
    KuraPosition place = payload.getPosition();
    if (place != null) {
      text.append(place.getLatitude())
          .append(place.getLongitude())
          .append(place.getAltitude())
          .append(place.getSatellites());
    }
    payload.metricNames().stream()
        .sorted()
        .forEach(
            name -> {
              Object value = Objects.requireNonNull(payload.getMetric(name));
              text.append(name)
                  .append('=')
                  .append(value instanceof byte[] raw ? Arrays.toString(raw) : value)
                  .append(value.getClass());
            });
    return text.toString();
  }
}
