// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static io.kete.policy.cms.PolicyBench.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.SealedBlock;
import io.kete.policy.api.Sealing;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.KEKRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyEpochTest {

  private static final String DOCUMENT =
      """
      {"format": "kete-policy/1", "version": 1, "recipients": {"centre": ["centre.pem"]}, "rules": []}
      """;

  private final Identity centre = Identity.ec("centre");
  private PolicyBench bench;

  @BeforeEach
  void prepare(@TempDir Path folder) throws Exception {
    bench = new PolicyBench(folder, true).document(DOCUMENT).certificate("centre.pem", centre);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private SealedBlock sealOne() {
    return bench.seal(sample("pump-1", "power", 2.5)).block().sealed().orElseThrow();
  }

  /** Epoch and nonce of an envelope: what must never come twice. */
  private static String epochAndNonce(SealedBlock sealed) throws Exception {
    ContentInfo info =
        ContentInfo.getInstance(ASN1Primitive.fromByteArray(Centre.bytes(sealed.envelope())));
    AuthEnvelopedData data = AuthEnvelopedData.getInstance(info.getContent());
    GCMParameters gcm =
        GCMParameters.getInstance(
            data.getAuthEncryptedContentInfo().getContentEncryptionAlgorithm().getParameters());
    return sealed.epoch() + HexFormat.of().formatHex(gcm.getNonce());
  }

  @Test
  void noncesNeverComeBackNotEvenAfterRestarts() throws Exception {
    bench.start();
    Set<String> seen = new HashSet<>();
    Set<String> epochs = new HashSet<>();
    for (int start = 0; start < 4; start++) {
      for (int i = 0; i < 250; i++) {
        SealedBlock sealed = sealOne();
        epochs.add(sealed.epoch());
        assertThat(seen.add(epochAndNonce(sealed))).isTrue();
      }
      bench.restart();
    }
    assertThat(epochs).hasSize(4);
  }

  @Test
  void aGatewayThatLostAllItsFilesAndCountsFromTheSameNumberAgainBringsNoNonceBack(
      @TempDir Path folder) throws Exception {
    Set<String> seen = new HashSet<>();
    for (int life = 0; life < 3; life++) {
      bench =
          new PolicyBench(folder.resolve("life-" + life), true)
              .document(DOCUMENT)
              .certificate("centre.pem", centre)
              .start();
      for (int i = 0; i < 50; i++) {
        Sealing sealing = bench.seal(sample("pump-1", "power", 2.5));
        assertThat(sealing.block().id().firstSeq()).as("always the same").isEqualTo(17);
        assertThat(seen.add(epochAndNonce(sealing.block().sealed().orElseThrow()))).isTrue();
      }
      bench.close();
    }
  }

  @Test
  void everyEpochHasKeysOfItsOwnAfterARestartToo() throws Exception {
    Set<String> keys = new HashSet<>();
    bench.start();
    for (int epoch = 0; epoch < 8; epoch++) {
      Sealing sealing = bench.seal(sample("pump-1", "power", 2.5));
      byte[] wrapping = Centre.key(sealing.key().orElseThrow(), centre).orElseThrow();
      assertThat(keys.add(HexFormat.of().formatHex(wrapping))).isTrue();
      assertThat(keys.add(contentKey(sealing.block().sealed().orElseThrow(), wrapping))).isTrue();
      if (epoch % 2 == 0) {
        bench.rotation("number " + epoch).apply();
      } else {
        bench.restart();
      }
    }
    assertThat(keys).hasSize(16);
  }

  /** The key blocks are encrypted with, unwrapped as a receiver does. */
  private static String contentKey(SealedBlock sealed, byte[] wrapping) throws Exception {
    AuthEnvelopedData data =
        AuthEnvelopedData.getInstance(
            ContentInfo.getInstance(ASN1Primitive.fromByteArray(Centre.bytes(sealed.envelope())))
                .getContent());
    RecipientInfo recipient = RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0));
    byte[] wrapped =
        KEKRecipientInfo.getInstance(recipient.getInfo()).getEncryptedKey().getOctets();
    Cipher unwrap = Cipher.getInstance("AESWrap");
    unwrap.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrapping, "AES"));
    return HexFormat.of().formatHex(unwrap.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded());
  }

  @Test
  void nothingIsAuthenticatedBesideTheContent() throws Exception {
    bench.start();
    Sealing sealing = bench.seal(sample("pump-1", "power", 2.5));
    for (ByteBuffer envelope :
        List.of(
            sealing.block().sealed().orElseThrow().envelope(),
            sealing.key().orElseThrow().envelope())) {
      AuthEnvelopedData data =
          AuthEnvelopedData.getInstance(
              ContentInfo.getInstance(ASN1Primitive.fromByteArray(Centre.bytes(envelope)))
                  .getContent());
      assertThat(data.getAuthAttrs()).isNull();
      assertThat(data.getUnauthAttrs()).isNull();
    }
  }

  @Test
  void manyThreadsShareAnEpochWithoutSharingANonce() throws Exception {
    bench.start();
    Set<String> seen = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 500; i++) {
                  SealedBlock sealed = sealOne();
                  seen.add(
                      sealed.epoch() + HexFormat.of().formatHex(Centre.bytes(sealed.envelope())));
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    Set<String> nonces = new HashSet<>();
    for (String one : seen) {
      String epoch = one.substring(0, 16);
      nonces.add(
          epochAndNonce(
              new SealedBlock(epoch, ByteBuffer.wrap(HexFormat.of().parseHex(one.substring(16))))));
    }
    assertThat(nonces).hasSize(2000);
  }

  @Test
  void anEpochEndsAfterItsUses() {
    bench.limits(Duration.ofHours(1), 10).start();
    Map<String, Integer> uses = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      uses.merge(sealOne().epoch(), 1, Integer::sum);
    }

    assertThat(uses.values()).allMatch(count -> count <= 10);
    assertThat(uses).hasSizeBetween(10, 11);
  }

  @Test
  void anEpochEndsAfterItsTime() {
    bench.limits(Duration.ofHours(1), 1000).start();
    String first = sealOne().epoch();
    bench.pass(Duration.ofMinutes(59));
    assertThat(sealOne().epoch()).isEqualTo(first);

    bench.pass(Duration.ofMinutes(1));

    assertThat(sealOne().epoch()).isNotEqualTo(first);
  }

  @Test
  void aWrongClockDoesNotMakeAnEpochLastLonger() {
    bench.limits(Duration.ofHours(1), 1000).start();
    String first = sealOne().epoch();

    bench.pass(Duration.ofHours(1));
    bench.moveTo(PolicyBench.NOW);

    assertThat(sealOne().epoch()).isNotEqualTo(first);
  }

  @Test
  void rotationByConfigurationBeginsAnEpochAndNothingElseDoes() {
    bench.start();
    String first = sealOne().epoch();
    bench.document(DOCUMENT.replace("\"version\": 1", "\"version\": 2")).apply();
    assertThat(sealOne().epoch()).isEqualTo(first);

    bench.rotation("2026-06-02").apply();

    assertThat(sealOne().epoch()).isNotEqualTo(first);
  }

  @Test
  void anotherCertificateBeginsAnEpoch() throws Exception {
    bench.start();
    String first = sealOne().epoch();
    Identity next = Identity.ec("centre");

    bench.certificate("centre.pem", next);
    bench.pass(Duration.ofSeconds(61));

    Sealing sealing = bench.seal(sample("pump-1", "power", 2.5));
    assertThat(sealing.block().sealed().orElseThrow().epoch()).isNotEqualTo(first);
    assertThat(Centre.open(sealing, next)).isPresent();
    assertThat(Centre.open(sealing, centre)).isEmpty();
  }

  @Test
  void everyKeyOpensEveryBlockOfItsEpoch() throws Exception {
    bench.limits(Duration.ofHours(1), 7).start();
    for (int i = 0; i < 40; i++) {
      Sealing sealing = bench.seal(sample("pump-1", "power", i));
      assertThat(Centre.value(Centre.readings(sealing, centre).get(0))).isEqualTo(i);
    }
  }

  @Test
  void aBlockCostsLittleMoreThanItsContent() throws Exception {
    bench.start();
    SealedBlock sealed = sealOne();
    ContentInfo info =
        ContentInfo.getInstance(ASN1Primitive.fromByteArray(Centre.bytes(sealed.envelope())));
    AuthEnvelopedData data = AuthEnvelopedData.getInstance((ASN1Sequence) info.getContent());
    ASN1OctetString content = data.getAuthEncryptedContentInfo().getEncryptedContent();

    assertThat(sealed.envelope().remaining() - content.getOctets().length).isLessThanOrEqualTo(176);
  }

  @Test
  void noThreadIsLeft() {
    bench.start();
    sealOne();
    bench.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("policy-") && thread.isAlive());
  }
}
