// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static io.kete.policy.cms.Centre.value;
import static io.kete.policy.cms.PolicyBench.derived;
import static io.kete.policy.cms.PolicyBench.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Failed;
import io.kete.data.api.Sample;
import io.kete.policy.api.Sealing;
import io.kete.policy.api.Treatment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {

  static final String DOCUMENT =
      """
      {"format": "kete-policy/1", "version": 5,
       "recipients": {"centre": "centre.pem", "vendor": "vendor.pem"},
       "default": {"action": "seal", "recipients": ["centre"]},
       "rules": [
         {"channel": "flow", "action": "plain"},
         {"channel": "level", "action": "coarsen", "round": 10},
         {"channel": "band", "action": "coarsen", "buckets": [0, 50, 100]},
         {"channel": "when", "action": "coarsen", "time": "PT1H"},
         {"channel": "batch", "action": "pseudonymise", "recipient": "vendor"},
         {"channel": "batch2", "action": "pseudonymise", "recipient": "centre"},
         {"channel": "vib*", "action": "seal", "recipients": ["centre", "vendor"]},
         {"channel": "private", "action": "seal", "recipients": ["vendor"]},
         {"channel": "noise", "action": "drop"},
         {"channel": "recipe", "action": "keep"}]}
      """;

  private final Identity centre = Identity.ec("centre");
  private final Identity vendor = Identity.rsa("vendor", 2048);
  private PolicyBench bench;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    bench =
        new PolicyBench(folder, true)
            .document(DOCUMENT)
            .certificate("centre.pem", centre)
            .certificate("vendor.pem", vendor);
    bench.start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void plainSamplesStayAsTheyAre() {
    Sample sample = sample("pump-1", "flow", 1.5);

    Sealing sealing = bench.seal(sample);

    assertThat(sealing.block().open()).containsExactly(sample);
    assertThat(sealing.block().sealed()).isEmpty();
    assertThat(sealing.block().policy()).isEqualTo("5");
  }

  @Test
  void sensitiveReadingsAreForTheCentreOnly() throws Exception {
    Sealing sealing =
        bench.seal(sample("pump-1", "flow", 1.5, "power", 7.25), sample("pump-2", "flow", 2.5));

    assertThat(sealing.block().open().get(0).readings())
        .extracting(Reading::channel)
        .containsExactly("flow");
    Block content = Centre.open(sealing, centre).orElseThrow();
    assertThat(content.id()).isEqualTo(sealing.block().id());
    assertThat(content.policy()).isEqualTo("5");
    assertThat(content.open()).hasSize(2);
    assertThat(content.open().get(0).readings())
        .containsExactlyElementsOf(sample("pump-1", "power", 7.25).readings());
    assertThat(content.open().get(1).readings()).isEmpty();
    assertThat(Centre.open(sealing, vendor)).isEmpty();
    assertThat(sealing.key().orElseThrow().epoch())
        .isEqualTo(sealing.block().sealed().orElseThrow().epoch());
  }

  @Test
  void severalRecipientsOpenTheSameBlock() throws Exception {
    Sealing sealing = bench.seal(sample("pump-1", "vib1", 3.0));

    assertThat(value(Centre.readings(sealing, centre).get(0))).isEqualTo(3.0);
    assertThat(value(Centre.readings(sealing, vendor).get(0))).isEqualTo(3.0);
  }

  @Test
  void narrowerRecipientsAreSealedOnceMoreInside() throws Exception {
    Sealing sealing = bench.seal(sample("pump-1", "vib1", 3.0, "power", 7.25));

    List<Reading> seenByVendor = Centre.readings(sealing, vendor);
    assertThat(seenByVendor).extracting(Reading::channel).element(0).isEqualTo("vib1");
    assertThat(seenByVendor).hasSize(3).extracting(Reading::channel).doesNotContain("power");
    String epoch = seenByVendor.get(1).channel().substring(BlockSealer.NESTED_KEY.length());
    byte[] envelope = (byte[]) value(seenByVendor.get(1));
    io.kete.data.api.KeyEnvelope inner =
        new io.kete.data.api.KeyEnvelope(epoch, java.nio.ByteBuffer.wrap(envelope));
    assertThat(Centre.key(inner, vendor)).isEmpty();
    byte[] key = Centre.key(inner, centre).orElseThrow();
    byte[] nested = (byte[]) value(seenByVendor.get(2));
    Block block =
        Centre.block(
            new io.kete.data.api.SealedBlock(epoch, java.nio.ByteBuffer.wrap(nested)), key);
    assertThat(value(block.open().get(0).readings().get(0))).isEqualTo(7.25);
  }

  @Test
  void aChannelThatLooksLikeANestedEnvelopeIsWithheld() {
    assertThat(bench.open(sample("pump-1", "kete.key:00", "x")))
        .containsExactly(
            new Failed("kete.key:00", Division.RESERVED_NAME, PolicyBench.NOW.toEpochMilli()));
  }

  @Test
  void droppedAndKeptReadingsAreGone() {
    Sealing sealing = bench.seal(sample("pump-1", "noise", 1, "recipe", 2, "flow", 3));

    assertThat(sealing.block().open().get(0).readings())
        .extracting(Reading::channel)
        .containsExactly("flow");
    assertThat(sealing.block().sealed()).isEmpty();
    assertThat(bench.policy().status().facts()).containsEntry("removedReadings", 2L);
  }

  @Test
  void coarseReadingsLosePrecision() {
    List<Reading> open =
        bench.open(
            sample("pump-1", "level", 47.3, "band", 70, "when", 5L, "level", 44L, "level", "text"));

    assertThat(value(open.get(0))).isEqualTo(50.0);
    assertThat(value(open.get(1))).isEqualTo(50);
    assertThat(open.get(2).timeMillis() % 3_600_000).isZero();
    assertThat(value(open.get(3))).isEqualTo(40L);
    assertThat(open.get(4)).isInstanceOf(Failed.class);
    assertThat(open.get(4).reason()).isEqualTo("withheld: not a number, cannot be coarsened");
  }

  @Test
  void aCoarseTimeIsCoarseForTheSampleToo() {
    bench.moveTo(PolicyBench.NOW);
    Sample exact = sample("pump-1", "when", 5L);
    Sample later =
        new Sample("pump-1", exact.timeMillis() + 59_999, exact.clock(), exact.readings());

    assertThat(bench.seal(later).block().open().get(0).timeMillis() % 3_600_000).isZero();
  }

  @Test
  void pseudonymsAreStablePerRecipientAndOverRestarts() {
    Sample sample = sample("pump-1", "batch", "B-1", "batch2", "B-1", "batch", "B-2");
    List<Object> first = bench.open(sample).stream().map(Centre::value).toList();

    bench.restart();

    List<Object> second = bench.open(sample).stream().map(Centre::value).toList();
    assertThat(second).isEqualTo(first).doesNotHaveDuplicates();
    assertThat(first.toString()).doesNotContain("B-1");
  }

  @Test
  void scoresInheritFromTheirInputs() throws Exception {
    Sample sample =
        derived(
            sample("pump-1", "flow", 1.0, "power", 2.0, "score", 0.5), "score", "flow", "power");

    Sealing sealing = bench.seal(sample);

    assertThat(sealing.block().open().get(0).readings())
        .extracting(Reading::channel)
        .containsExactly("flow");
    assertThat(sealing.block().open().get(0).lineage()).isEmpty();
    assertThat(Centre.open(sealing, centre).orElseThrow().open().get(0).lineage())
        .isEqualTo(sample.lineage());
  }

  @Test
  void otherExitsAreTold() {
    assertThat(bench.policy().treatment("pump-1", "flow")).isEqualTo(Treatment.PLAIN);
    assertThat(bench.policy().treatment("pump-1", "unknown")).isEqualTo(Treatment.SEAL);
    assertThat(bench.policy().treatment("pump-1", "recipe")).isEqualTo(Treatment.KEEP);
  }

  @Test
  void failedReadingsAreSealedLikeOthers() throws Exception {
    Sample sample =
        sample("pump-1")
            .withReadings(
                List.of(new Failed("power", "timeout", 1), new Failed("flow", "timeout", 1)));

    Sealing sealing =
        bench.policy().seal(new BlockId("gw-1", "telemetry", 1, 1, 1), List.of(sample));

    assertThat(sealing.block().open().get(0).readings())
        .extracting(Reading::channel)
        .containsExactly("flow");
    assertThat(Centre.readings(sealing, centre)).containsExactly(new Failed("power", "timeout", 1));
  }
}
