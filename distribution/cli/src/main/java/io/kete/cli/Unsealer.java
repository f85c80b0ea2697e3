// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import io.kete.data.api.BlockId;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.RecordMetrics;
import io.kete.data.api.Sample;
import io.kete.data.api.SealedBlock;
import io.kete.kapua.codec.KuraPayloadDecoder;
import io.kete.receiver.BlockOpener;
import io.kete.receiver.KeyRing;
import io.kete.receiver.Opened;
import io.kete.receiver.ReceiverException;
import io.kete.receiver.ReceiverException.Reason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sealed records among messages. A sealed record whose key has not come yet waits for it.
 * Used by one thread at a time.
 */
final class Unsealer {

  private static final int MAX_WAITING = 10_000;

  private final KeyRing ring;
  private final BlockOpener opener;
  private final Consumer<String> out;
  private final Consumer<String> err;
  private final boolean json;
  private final KuraPayloadDecoder decoder = new KuraPayloadDecoder();
  private final Queue<KuraPayload> waiting = new ArrayDeque<>();
  private int failures;
  private int closed;

  Unsealer(KeyRing ring, boolean json, Consumer<String> out, Consumer<String> err) {
    this.ring = ring;
    this.opener = new BlockOpener(ring);
    this.json = json;
    this.out = out;
    this.err = err;
  }

  /** Looks at one message; anything that is no record of a gateway is passed over. */
  void message(String from, byte[] bytes) {
    KuraPayload payload = decoder.decode(bytes);
    Object kind = payload.getMetric(RecordMetrics.RECORD);
    if (RecordMetrics.KIND_KEY.equals(kind)) {
      key(from, payload);
    } else if (RecordMetrics.KIND_SEALED.equals(kind)) {
      sealed(from, payload, true);
    }
  }

  private void key(String from, KuraPayload payload) {
    try {
      ring.add(text(payload, RecordMetrics.EPOCH), body(payload));
      List<KuraPayload> again = new ArrayList<>(waiting);
      waiting.clear();
      again.forEach(block -> sealed(from, block, true));
    } catch (ReceiverException | IllegalArgumentException e) {
      failed(
          from,
          e.getMessage(),
          e instanceof ReceiverException r && r.reason() == Reason.NOT_FOR_US);
    }
  }

  private void sealed(String from, KuraPayload payload, boolean wait) {
    try {
      BlockId id =
          new BlockId(
              text(payload, RecordMetrics.GATEWAY),
              text(payload, RecordMetrics.STREAM),
              number(payload, RecordMetrics.INCARNATION),
              number(payload, RecordMetrics.SEQ),
              (int) number(payload, RecordMetrics.COUNT));
      SealedBlock block = new SealedBlock(text(payload, RecordMetrics.EPOCH), body(payload));
      print(opener.open(id, text(payload, RecordMetrics.POLICY), block));
    } catch (ReceiverException e) {
      if (wait && e.reason() == Reason.UNKNOWN_EPOCH && waiting.size() < MAX_WAITING) {
        waiting.add(payload);
      } else {
        failed(from, e.getMessage(), e.reason() == Reason.UNKNOWN_EPOCH);
      }
    } catch (IllegalArgumentException e) {
      failed(from, e.getMessage(), false);
    }
  }

  private void failed(String from, @Nullable String why, boolean notOurs) {
    if (notOurs) {
      closed++;
    } else {
      failures++;
      err.accept("kete: " + from + ": " + why);
    }
  }

  private void print(Opened opened) {
    BlockId id = opened.block().id();
    closed += opened.closedParts();
    for (int i = 0; i < opened.block().open().size(); i++) {
      Sample sample = opened.block().open().get(i);
      out.accept(json ? json(id, i, sample).toString() : line(id, i, sample));
    }
  }

  private static String line(BlockId id, int index, Sample sample) {
    StringBuilder line =
        new StringBuilder(
            "%s %s/%d/%d %s %s"
                .formatted(
                    id.gateway(),
                    id.stream(),
                    id.incarnation(),
                    id.firstSeq() + index,
                    Instant.ofEpochMilli(sample.timeMillis()),
                    sample.asset()));
    for (Reading reading : sample.readings()) {
      line.append(' ').append(reading.channel()).append('=').append(value(reading));
    }
    return line.toString();
  }

  private static JsonObject json(BlockId id, int index, Sample sample) {
    JsonObject readings = new JsonObject();
    for (Reading reading : sample.readings()) {
      readings.add(reading.channel(), value(reading));
    }
    return new JsonObject()
        .add("gateway", id.gateway())
        .add("stream", id.stream())
        .add("incarnation", id.incarnation())
        .add("seq", id.firstSeq() + index)
        .add("time", sample.timeMillis())
        .add("asset", sample.asset())
        .add("readings", readings);
  }

  private static JsonValue value(Reading reading) {
    if (!(reading instanceof Measured measured)) {
      return Json.object().add("quality", "BAD").add("reason", reading.reason());
    }
    Object value = measured.value().getValue();
    if (value instanceof Boolean flag) {
      return Json.value(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      return Json.value(((Number) value).longValue());
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return Json.value(number.doubleValue());
    } else if (value instanceof byte[] bytes) {
      return Json.value(HexFormat.of().formatHex(bytes));
    }
    return Json.value(String.valueOf(value));
  }

  /** Sealed records that could not be read because they were changed or malformed. */
  int failures() {
    return failures;
  }

  /** Sealed records and parts that are for other recipients or whose key did not come. */
  int closed() {
    return closed + waiting.size();
  }

  private static ByteBuffer body(KuraPayload payload) {
    return ByteBuffer.wrap(
        Optional.ofNullable(payload.getBody())
            .orElseThrow(() -> new IllegalArgumentException("a record without a body")));
  }

  private static String text(KuraPayload payload, String name) {
    if (payload.getMetric(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a record without " + name);
  }

  private static long number(KuraPayload payload, String name) {
    if (payload.getMetric(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("a record without " + name);
  }
}
