// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Parcel;
import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.Lineage;
import io.kete.data.api.Quality;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.RecordMetrics;
import io.kete.data.api.Sample;
import io.kete.data.api.SealedBlock;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;

/**
 * Makes the messages of a parcel, as {@code docs/record.md} says. Pure but for the time of records
 * that have no capture time.
 */
public final class RecordMessages {

  /** Message property from which a publisher's topic may be built. */
  static final String STREAM_PROPERTY = "stream";

  private static final String NO_ASSET = "kete";

  private final String stream;
  private final InstantSource clock;

  /**
   * Makes messages of one stream.
   *
   * @param clock for records without a capture time
   */
  public RecordMessages(String stream, InstantSource clock) {
    this.stream = stream;
    this.clock = clock;
  }

  /** The payloads of a parcel's records, for whoever keeps them instead of sending them. */
  public List<KuraPayload> payloads(Parcel parcel) {
    return of(parcel).stream().map(record -> record.message().getPayload()).toList();
  }

  List<RecordMessage> of(Parcel parcel) {
    if (parcel instanceof Parcel.Samples samples) {
      return samples(samples.block(), samples.replay());
    }
    if (parcel instanceof Parcel.Key key) {
      return List.of(new RecordMessage(key(key), key.firstSeq(), 0));
    }
    if (parcel instanceof Parcel.Dropped dropped) {
      return List.of(new RecordMessage(dropped(dropped), dropped.firstSeq(), 0));
    }
    throw new IllegalArgumentException("unknown kind of parcel: " + parcel.getClass());
  }

  private List<RecordMessage> samples(Block block, boolean replay) {
    List<RecordMessage> messages = new ArrayList<>(block.open().size() + 1);
    Units units = new Units();
    Date last = Date.from(clock.instant());
    for (int i = 0; i < block.open().size(); i++) {
      if (block.speaksFor(i)) {
        Sample sample = block.open().get(i);
        last = new Date(sample.timeMillis());
        messages.add(
            new RecordMessage(
                sample(block, i, sample, units, replay), block.id().firstSeq() + i, 1));
      }
    }
    if (block.sealed().isPresent()) {
      messages.add(
          new RecordMessage(
              sealed(block, block.sealed().get(), messages.size(), last, replay),
              block.id().firstSeq(),
              block.id().count()));
    }
    return messages;
  }

  private KuraMessage sample(Block block, int index, Sample sample, Units units, boolean replay) {
    BlockId id = block.id();
    KuraPayload payload =
        payload(RecordMetrics.KIND_SAMPLE, id.incarnation(), id.firstSeq() + index, replay);
    payload.setTimestamp(new Date(sample.timeMillis()));
    payload.addMetric(RecordMetrics.ASSET, sample.asset());
    for (Reading reading : sample.readings()) {
      addReading(payload, reading, sample.timeMillis());
    }
    String unitList = units.newOf(sample);
    if (!unitList.isEmpty()) {
      payload.addMetric(RecordMetrics.UNITS, unitList);
    }
    if (sample.clock() != ClockQuality.SYNCHRONISED) {
      payload.addMetric(RecordMetrics.CLOCK, sample.clock().name());
    }
    if (!sample.lineage().isEmpty()) {
      payload.addMetric(RecordMetrics.MODEL, lineage(sample.lineage()));
    }
    if (block.sealed().isPresent()) {
      payload.addMetric(RecordMetrics.SEALED_FROM, id.firstSeq());
    }
    return message(payload, sample.asset());
  }

  private static void addReading(KuraPayload payload, Reading reading, long sampleTime) {
    String name = metricName(reading.channel());
    if (reading instanceof Measured measured) {
      payload.addMetric(name, measured.value().getValue());
    }
    if (reading.quality() != Quality.GOOD) {
      String quality = reading.quality().name();
      payload.addMetric(
          name + RecordMetrics.QUALITY_SUFFIX,
          reading.reason().isEmpty() ? quality : quality + ": " + reading.reason());
    }
    if (reading.timeMillis() != sampleTime) {
      payload.addMetric(name + RecordMetrics.TIME_SUFFIX, reading.timeMillis());
    }
  }

  private static String metricName(String channel) {
    return channel.startsWith("kete.") || channel.equals(RecordMetrics.ASSET)
        ? "_" + channel
        : channel;
  }

  private static String lineage(List<Lineage> lineages) {
    StringBuilder text = new StringBuilder();
    for (Lineage lineage : lineages) {
      text.append(text.isEmpty() ? "" : ";")
          .append(lineage.slot())
          .append('=')
          .append(lineage.model())
          .append('/')
          .append(lineage.version())
          .append('@')
          .append(lineage.digest())
          .append(':')
          .append(String.join("+", lineage.outputs()));
    }
    return text.toString();
  }

  private KuraMessage sealed(Block block, SealedBlock sealed, int open, Date time, boolean replay) {
    BlockId id = block.id();
    KuraPayload payload =
        payload(RecordMetrics.KIND_SEALED, id.incarnation(), id.firstSeq(), replay);
    payload.setTimestamp(time);
    payload.addMetric(RecordMetrics.COUNT, id.count());
    payload.addMetric(RecordMetrics.GATEWAY, id.gateway());
    payload.addMetric(RecordMetrics.POLICY, block.policy());
    payload.addMetric(RecordMetrics.EPOCH, sealed.epoch());
    payload.addMetric(RecordMetrics.OPEN, open);
    payload.setBody(bytes(sealed.envelope()));
    return message(payload, NO_ASSET);
  }

  private KuraMessage key(Parcel.Key key) {
    KeyEnvelope envelope = key.envelope();
    KuraPayload payload = payload(RecordMetrics.KIND_KEY, key.incarnation(), key.firstSeq(), false);
    payload.setTimestamp(Date.from(clock.instant()));
    payload.addMetric(RecordMetrics.GATEWAY, key.gateway());
    payload.addMetric(RecordMetrics.EPOCH, envelope.epoch());
    payload.setBody(bytes(envelope.envelope()));
    return message(payload, NO_ASSET);
  }

  private KuraMessage dropped(Parcel.Dropped dropped) {
    KuraPayload payload =
        payload(RecordMetrics.KIND_DROPPED, dropped.incarnation(), dropped.firstSeq(), false);
    payload.setTimestamp(Date.from(clock.instant()));
    payload.addMetric(RecordMetrics.COUNT, dropped.count());
    payload.addMetric(RecordMetrics.REASON, dropped.reason());
    return message(payload, NO_ASSET);
  }

  private KuraPayload payload(String kind, long incarnation, long seq, boolean replay) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric(RecordMetrics.RECORD, kind);
    payload.addMetric(RecordMetrics.STREAM, stream);
    payload.addMetric(RecordMetrics.INCARNATION, incarnation);
    payload.addMetric(RecordMetrics.SEQ, seq);
    if (replay) {
      payload.addMetric(RecordMetrics.REPLAY, true);
    }
    return payload;
  }

  private KuraMessage message(KuraPayload payload, String asset) {
    return new KuraMessage(payload, Map.of(RecordMetrics.ASSET, asset, STREAM_PROPERTY, stream));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Remembers, within one block, which units were told. */
  private static final class Units {

    private final Map<String, Map<String, String>> told = new HashMap<>();

    /** The units of a sample if one of them was not told before, else empty. */
    String newOf(Sample sample) {
      Map<String, String> ofAsset = told.computeIfAbsent(sample.asset(), asset -> new HashMap<>());
      boolean news = false;
      for (Reading reading : sample.readings()) {
        if (reading instanceof Measured measured && !measured.unit().isEmpty()) {
          String before = ofAsset.put(measured.channel(), measured.unit());
          news |= !measured.unit().equals(before);
        }
      }
      return news ? list(sample) : "";
    }

    private static String list(Sample sample) {
      StringBuilder list = new StringBuilder();
      for (Reading reading : sample.readings()) {
        if (reading instanceof Measured measured && !measured.unit().isEmpty()) {
          list.append(list.isEmpty() ? "" : ",")
              .append(measured.channel())
              .append('=')
              .append(measured.unit());
        }
      }
      return list.toString();
    }
  }
}
