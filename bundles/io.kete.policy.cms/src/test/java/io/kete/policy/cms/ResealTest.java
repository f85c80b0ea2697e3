// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static io.kete.policy.cms.PolicyBench.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Block;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.policy.api.Resealed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.jcajce.JceKEKAuthEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResealTest {

  private static final String DOCUMENT =
      """
      {"format": "kete-policy/1", "version": 1, "recipients": {"centre": ["centre.pem"]},
       "rules": [{"channel": "flow", "action": "plain"}]}
      """;

  private final Identity centre = Identity.ec("centre");
  private PolicyBench bench;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    bench =
        new PolicyBench(folder, true).document(DOCUMENT).certificate("centre.pem", centre).start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private Block block(int value) {
    Sample[] samples = {
      sample("pump-1", "flow", 1.5, "power", value), sample("pump-1", "power", value + 1)
    };
    return bench.seal(samples).block();
  }

  /** One column: the values of the sealed channel. */
  private static byte[] column(List<Block> blocks) {
    StringBuilder column = new StringBuilder();
    for (Block block : blocks) {
      for (Sample sample : block.open()) {
        for (Reading reading : sample.readings()) {
          column.append(reading.channel()).append('=').append(Centre.value(reading)).append(' ');
        }
      }
    }
    return column.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void columnsOfManyBlocksAreSealedAsOne() throws Exception {
    List<Block> blocks = List.of(block(10), block(20), bench.seal(sample("p", "flow", 1)).block());

    Resealed resealed = bench.policy().reseal(blocks, ResealTest::column).orElseThrow();

    byte[] key = Centre.key(resealed.key(), centre).orElseThrow();
    byte[] content =
        new CMSAuthEnvelopedData(Centre.bytes(resealed.content().envelope()))
            .getRecipientInfos()
            .getRecipients()
            .iterator()
            .next()
            .getContent(
                new JceKEKAuthEnvelopedRecipient(new SecretKeySpec(key, "AES"))
                    .setProvider(new BouncyCastleProvider()));
    assertThat(new String(content, StandardCharsets.UTF_8))
        .isEqualTo("power=10 power=11 power=20 power=21 ");
    assertThat(Centre.bytes(resealed.content().envelope()))
        .isNotEqualTo(Centre.bytes(blocks.get(0).sealed().orElseThrow().envelope()));
  }

  @Test
  void largeBlocksToo() {
    Sample[] many = new Sample[500];
    for (int i = 0; i < many.length; i++) {
      many[i] = sample("pump-1", "power", "a text of some length, number " + i);
    }
    Block block = bench.seal(many).block();

    Optional<Resealed> resealed = bench.policy().reseal(List.of(block), ResealTest::column);

    assertThat(resealed.orElseThrow().content().envelope().remaining()).isGreaterThan(15_000);
  }

  @Test
  void whatWasSealedUnderAFormerKeyStaysAsItIs() {
    Block before = block(1);
    bench.rotation("now").apply();

    assertThat(bench.policy().reseal(List.of(before), ResealTest::column)).isEmpty();
    assertThat(bench.policy().reseal(List.of(before, block(2)), ResealTest::column)).isEmpty();
    assertThat(bench.policy().reseal(List.of(), ResealTest::column)).isEmpty();
  }

  @Test
  void aBlockUnderAnotherHeaderIsNotResealed() {
    Block block = block(1);
    Block moved = new Block(block.id(), "2", block.open(), block.sealed());

    assertThat(bench.policy().reseal(List.of(moved), ResealTest::column)).isEmpty();
  }

  @Test
  void anErasedEpochEndsAndIsNamedToTheStore() {
    String epoch = block(1).sealed().orElseThrow().epoch();

    bench.erase(epoch).apply();

    assertThat(bench.policy().erasedEpochs()).containsExactly(epoch);
    assertThat(block(2).sealed().orElseThrow().epoch()).isNotEqualTo(epoch);
    String next = block(2).sealed().orElseThrow().epoch();
    bench.apply();
    assertThat(block(3).sealed().orElseThrow().epoch()).isEqualTo(next);
  }
}
