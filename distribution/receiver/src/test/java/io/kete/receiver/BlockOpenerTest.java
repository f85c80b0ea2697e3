// SPDX-License-Identifier: EPL-2.0
package io.kete.receiver;

import static io.kete.policy.cms.PolicyBench.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import io.kete.data.api.SealedBlock;
import io.kete.policy.api.Sealing;
import io.kete.policy.cms.Identity;
import io.kete.policy.cms.PolicyBench;
import io.kete.receiver.ReceiverException.Reason;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockOpenerTest {

  static final String DOCUMENT =
      """
      {"format": "kete-policy/1", "version": 5,
       "recipients": {"centre": "centre.pem", "vendor": "vendor.pem"},
       "default": {"action": "seal", "recipients": ["centre"]},
       "rules": [
         {"channel": "flow", "action": "plain"},
         {"channel": "vib", "action": "seal", "recipients": ["centre", "vendor"]},
         {"channel": "private", "action": "seal", "recipients": ["vendor"]}]}
      """;

  private final Identity centre = Identity.ec("centre");
  private final Identity vendor = Identity.rsa("vendor", 2048);
  private PolicyBench bench;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    bench = new PolicyBench(folder, true).document(DOCUMENT);
    bench.certificate("centre.pem", centre).certificate("vendor.pem", vendor).start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private static KeyRing ring(Identity... identities) {
    return new KeyRing(
        Arrays.stream(identities).map(one -> new RecipientKey(one.keys().getPrivate())).toList());
  }

  private static Opened open(Sealing sealing, KeyRing ring) throws ReceiverException {
    KeyEnvelope key = sealing.key().orElseThrow();
    ring.add(key.epoch(), key.envelope());
    return new BlockOpener(ring).open(sealing.block());
  }

  private static Map<String, Object> values(Sample sample) {
    Map<String, Object> values = new TreeMap<>();
    for (Reading reading : sample.readings()) {
      values.put(reading.channel(), ((Measured) reading).value().getValue());
    }
    return values;
  }

  private static Reason reasonOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    ReceiverException thrown = catchThrowableOfType(ReceiverException.class, call);
    assertThat(thrown).as("nothing was refused").isNotNull();
    return thrown.reason();
  }

  @Test
  void theCentreReadsEverythingItMay() throws Exception {
    Sealing sealing =
        bench.seal(
            sample("pump-1", "flow", 1.0, "power", 2.0, "vib", 3.0, "private", 4.0),
            sample("pump-2", "power", 5.0));

    Opened opened = open(sealing, ring(centre));

    assertThat(values(opened.block().open().get(0)))
        .isEqualTo(Map.of("flow", 1.0, "power", 2.0, "vib", 3.0));
    assertThat(values(opened.block().open().get(1))).isEqualTo(Map.of("power", 5.0));
    assertThat(opened.closedParts()).isEqualTo(1);
    assertThat(opened.block().id()).isEqualTo(sealing.block().id());
  }

  @Test
  void theVendorReadsWhatIsForTheVendor() throws Exception {
    Sealing sealing =
        bench.seal(sample("pump-1", "flow", 1.0, "power", 2.0, "vib", 3.0, "private", 4.0));

    assertThat(values(open(sealing, ring(vendor)).block().open().get(0)))
        .isEqualTo(Map.of("flow", 1.0, "vib", 3.0, "private", 4.0));
  }

  @Test
  void aStrangerReadsNothing() {
    Sealing sealing = bench.seal(sample("pump-1", "power", 2.0));

    assertThat(
            reasonOf(
                () -> open(sealing, ring(Identity.ec("stranger"), Identity.rsa("stranger", 2048)))))
        .isEqualTo(Reason.NOT_FOR_US);
    assertThat(reasonOf(() -> new BlockOpener(ring(centre)).open(sealing.block())))
        .isEqualTo(Reason.UNKNOWN_EPOCH);
  }

  @Test
  void aForgottenEpochCannotBeReadAnyMore() throws Exception {
    Sealing sealing = bench.seal(sample("pump-1", "power", 2.0));
    KeyRing ring = ring(centre);
    open(sealing, ring);

    ring.forget(sealing.key().orElseThrow().epoch());

    assertThat(reasonOf(() -> new BlockOpener(ring).open(sealing.block())))
        .isEqualTo(Reason.UNKNOWN_EPOCH);
  }

  @Test
  void anyOtherHeaderThanTheSealedOneIsRefused() throws Exception {
    Sealing sealing = bench.seal(sample("pump-1", "power", 2.0));
    KeyRing ring = ring(centre);
    open(sealing, ring);
    BlockId id = sealing.block().id();
    List<BlockId> others =
        List.of(
            new BlockId("gw-2", id.stream(), id.incarnation(), id.firstSeq(), 1),
            new BlockId(id.gateway(), "other", id.incarnation(), id.firstSeq(), 1),
            new BlockId(id.gateway(), id.stream(), id.incarnation() + 1, id.firstSeq(), 1),
            new BlockId(id.gateway(), id.stream(), id.incarnation(), id.firstSeq() + 1, 1),
            new BlockId(id.gateway(), id.stream(), id.incarnation(), id.firstSeq(), 2));
    SealedBlock sealed = sealing.block().sealed().orElseThrow();

    for (BlockId other : others) {
      assertThat(reasonOf(() -> new BlockOpener(ring).open(other, "5", sealed)))
          .isEqualTo(Reason.WRONG_HEADER);
    }
    assertThat(reasonOf(() -> new BlockOpener(ring).open(id, "6", sealed)))
        .isEqualTo(Reason.WRONG_HEADER);
  }

  @Test
  void everySingleBitChangeOfABlockIsRefused() throws Exception {
    Sample[] samples = new Sample[40];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sample("pump-" + i, "power", i * 0.1, "state", "running " + i);
    }
    Sealing sealing = bench.seal(samples);
    KeyRing ring = ring(centre);
    open(sealing, ring);
    byte[] der = bytes(sealing.block().sealed().orElseThrow().envelope());
    BlockOpener opener = new BlockOpener(ring);
    int flips = 0;

    for (int bit = 0; bit < der.length * 8; bit++) {
      der[bit / 8] ^= (byte) (1 << bit % 8);
      SealedBlock changed =
          new SealedBlock(
              sealing.block().sealed().orElseThrow().epoch(), ByteBuffer.wrap(der.clone()));
      assertThat(reasonOf(() -> opener.open(sealing.block().id(), "5", changed)))
          .as("bit %d", bit)
          .isEqualTo(Reason.DAMAGED_BLOCK);
      der[bit / 8] ^= (byte) (1 << bit % 8);
      flips++;
    }

    assertThat(flips).isGreaterThan(10_000);
  }

  @Test
  void everySingleBitChangeOfAKeyEnvelopeIsRefused() {
    KeyEnvelope key = bench.seal(sample("pump-1", "vib", 2.0)).key().orElseThrow();
    byte[] der = bytes(key.envelope());
    KeyRing ring = ring(centre);

    for (int bit = 0; bit < der.length * 8; bit++) {
      byte[] changed = der.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(reasonOf(() -> ring.add(key.epoch(), ByteBuffer.wrap(changed))))
          .isEqualTo(Reason.DAMAGED_KEY_ENVELOPE);
    }
    assertThat(der.length).isGreaterThan(300);
  }

  @Test
  void anotherEncodingOfTheSameBlockIsRefused() throws Exception {
    Sealing sealing = bench.seal(sample("pump-1", "power", 2.0));
    KeyRing ring = ring(centre);
    open(sealing, ring);
    SealedBlock sealed = sealing.block().sealed().orElseThrow();
    byte[] der = bytes(sealed.envelope());
    List<byte[]> variants = new ArrayList<>();
    variants.add(Arrays.copyOf(der, der.length + 1));
    variants.add(new org.bouncycastle.asn1.BERSequence(contents(der)).getEncoded());

    for (byte[] variant : variants) {
      SealedBlock other = new SealedBlock(sealed.epoch(), ByteBuffer.wrap(variant));
      assertThat(reasonOf(() -> new BlockOpener(ring).open(sealing.block().id(), "5", other)))
          .isEqualTo(Reason.DAMAGED_BLOCK);
    }
  }

  private static org.bouncycastle.asn1.ASN1EncodableVector contents(byte[] der) {
    org.bouncycastle.asn1.ASN1EncodableVector parts =
        new org.bouncycastle.asn1.ASN1EncodableVector();
    org.bouncycastle.asn1.ASN1Sequence.getInstance(der).forEach(parts::add);
    return parts;
  }

  @Test
  void anyBytesAreAnsweredWithAValueOrAReceiverException() throws Exception {
    Sealing sealing = bench.seal(sample("pump-1", "power", 2.0));
    KeyRing ring = ring(centre, vendor);
    open(sealing, ring);
    BlockOpener opener = new BlockOpener(ring);
    SealedBlock sealed = sealing.block().sealed().orElseThrow();
    byte[] block = bytes(sealed.envelope());
    byte[] key = bytes(sealing.key().orElseThrow().envelope());
    Random random = new Random(11);
    int refused = 0;

    for (int i = 0; i < 12_000; i++) {
      byte[] changed = mutated(block, random);
      refused += Arrays.equals(changed, block) ? 0 : 1;
      SealedBlock other = new SealedBlock(sealed.epoch(), ByteBuffer.wrap(changed));
      Reason reason =
          Arrays.equals(changed, block)
              ? Reason.DAMAGED_BLOCK
              : reasonOf(() -> opener.open(sealing.block().id(), "5", other));
      assertThat(reason).isEqualTo(Reason.DAMAGED_BLOCK);
    }
    for (int i = 0; i < 1_000; i++) {
      byte[] changed = mutated(key, random);
      Optional<Reason> reason =
          tryAdd(new KeyRing(List.of(new RecipientKey(vendor.keys().getPrivate()))), changed);
      assertThat(reason)
          .isIn(
              Optional.empty(),
              Optional.of(Reason.DAMAGED_KEY_ENVELOPE),
              Optional.of(Reason.NOT_FOR_US));
    }
    assertThat(refused).isGreaterThan(11_000);
  }

  /**
   * With the identifier of the changed bytes, so that the parser behind the first check is reached.
   */
  private static Optional<Reason> tryAdd(KeyRing ring, byte[] envelope) {
    try {
      ring.add(KeyRing.identifierOf(envelope), ByteBuffer.wrap(envelope));
      return Optional.empty();
    } catch (ReceiverException e) {
      return Optional.of(e.reason());
    }
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes =
        Arrays.copyOf(
            original,
            random.nextInt(4) == 0 ? random.nextInt(original.length * 2) : original.length);
    for (int i = random.nextInt(6); i >= 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(random.nextBoolean() ? bytes.length : Math.min(80, bytes.length))] =
          (byte) random.nextInt();
    }
    return bytes;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Test
  void anOpenBlockNeedsNoKey() throws Exception {
    Block block = bench.seal(sample("pump-1", "flow", 2.0)).block();

    assertThat(new BlockOpener(ring(centre)).open(block).block()).isEqualTo(block);
  }
}
