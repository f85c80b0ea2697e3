// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.kete.buffer.api.Parcel;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.Lineage;
import io.kete.data.api.Reading.Failed;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import io.kete.data.api.SealedBlock;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;

class RecordMessagesTest {

  private static final Instant NOW = Instant.ofEpochMilli(99_000);

  private final RecordMessages messages = new RecordMessages("telemetry", InstantSource.fixed(NOW));

  private List<KuraMessage> of(Parcel parcel) {
    return messages.of(parcel).stream().map(RecordMessage::message).toList();
  }

  @Test
  void makesOneMessageOfEachOpenSample() {
    List<KuraMessage> made = of(Parcels.open(41, 2));

    assertThat(made).hasSize(2);
    assertThat(made.get(0).getPayload().metrics())
        .containsOnly(
            entry("kete.record", "sample/1"),
            entry("kete.stream", "telemetry"),
            entry("kete.incarnation", 7L),
            entry("kete.seq", 41L),
            entry("assetName", "pump-1"),
            entry("flow", 41.0),
            entry("kete.units", "flow=l/min"));
    assertThat(made.get(0).getPayload().getTimestamp()).isEqualTo(new Date(1_041));
    assertThat(made.get(0).getProperties())
        .containsOnly(entry("assetName", "pump-1"), entry("stream", "telemetry"));
    assertThat(made.get(1).getPayload().metrics())
        .as("units are told once in a block")
        .doesNotContainKey("kete.units")
        .containsEntry("kete.seq", 42L);
  }

  @Test
  void tellsQualityOwnTimeClockAndLineage() {
    Sample sample =
        new Sample(
            "pump-1",
            500,
            ClockQuality.FREE_RUNNING,
            List.of(
                Measured.good("a", TypedValues.newLongValue(1), "", 501).uncertain("above range"),
                new Failed("b", "timeout", 500)),
            List.of(new Lineage("s", "m", "1.0.0", "ab", List.of("a"), List.of("x", "y"))));
    KuraMessage made =
        of(new Parcel.Samples(Parcels.block(1, List.of(sample), Optional.empty()), true)).get(0);

    assertThat(made.getPayload().metrics())
        .contains(
            entry("kete.replay", true),
            entry("a", 1L),
            entry("a#quality", "UNCERTAIN: above range"),
            entry("a#time", 501L),
            entry("b#quality", "BAD: timeout"),
            entry("kete.clock", "FREE_RUNNING"),
            entry("kete.model", "s=m/1.0.0@ab:x+y"))
        .doesNotContainKey("b");
  }

  @Test
  void carriesTheHeaderOfASealedBlockInClear() {
    List<KuraMessage> made = of(Parcels.sealed(10, 3));

    assertThat(made).hasSize(4);
    assertThat(made.get(1).getPayload().metrics()).containsEntry("kete.sealed.from", 10L);
    KuraMessage sealed = made.get(3);
    assertThat(sealed.getPayload().metrics())
        .containsOnly(
            entry("kete.record", "sealed/1"),
            entry("kete.stream", "telemetry"),
            entry("kete.incarnation", 7L),
            entry("kete.seq", 10L),
            entry("kete.count", 3),
            entry("kete.gateway", "gw-1"),
            entry("kete.policy", "1.2"),
            entry("kete.epoch", "ab12"),
            entry("kete.open", 3));
    assertThat(sealed.getPayload().getBody()).containsExactly(0x30, 1, 2);
  }

  @Test
  void letsTheSealedRecordSpeakForSamplesThatHoldNothingOpen() {
    Sample empty = new Sample("pump-1", 5, ClockQuality.SYNCHRONISED, List.of());
    SealedBlock sealed = new SealedBlock("e", ByteBuffer.allocate(1));

    assertThat(
            of(
                new Parcel.Samples(
                    Parcels.block(1, List.of(empty, empty), Optional.of(sealed)), false)))
        .singleElement()
        .satisfies(made -> assertThat(made.getPayload().metrics()).containsEntry("kete.open", 0));
    assertThat(of(new Parcel.Samples(Parcels.block(1, List.of(empty), Optional.empty()), false)))
        .singleElement()
        .satisfies(made -> assertThat(made.getPayload().metrics()).containsEntry("kete.seq", 1L));
  }

  @Test
  void escapesChannelNamesThatLookLikeOurs() {
    Sample sample =
        new Sample(
            "p",
            5,
            ClockQuality.SYNCHRONISED,
            List.of(Measured.good("kete.seq", TypedValues.newLongValue(13), "", 5)));

    assertThat(
            of(new Parcel.Samples(Parcels.block(1, List.of(sample), Optional.empty()), false))
                .get(0)
                .getPayload()
                .metrics())
        .containsEntry("kete.seq", 1L)
        .containsEntry("_kete.seq", 13L);
  }

  @Test
  void tellsKeysAndDroppedRanges() {
    KuraMessage key =
        of(new Parcel.Key("gw-1", 7, 3, new KeyEnvelope("e", ByteBuffer.wrap(new byte[] {9}))))
            .get(0);
    assertThat(key.getPayload().metrics())
        .contains(entry("kete.record", "key/1"), entry("kete.seq", 3L), entry("kete.epoch", "e"));
    assertThat(key.getPayload().getBody()).containsExactly(9);
    assertThat(key.getPayload().getTimestamp()).isEqualTo(Date.from(NOW));

    KuraMessage dropped = of(new Parcel.Dropped(7, 5, 6, "max-age")).get(0);
    assertThat(dropped.getPayload().metrics())
        .contains(
            entry("kete.record", "dropped/1"),
            entry("kete.seq", 5L),
            entry("kete.count", 6L),
            entry("kete.reason", "max-age"));
  }
}
