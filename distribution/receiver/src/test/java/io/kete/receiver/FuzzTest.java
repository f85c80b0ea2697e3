// SPDX-License-Identifier: EPL-2.0
package io.kete.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Block;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.SealedBlock;
import io.kete.policy.api.Sealing;
import io.kete.policy.cms.Fuzz;
import io.kete.policy.cms.Identity;
import io.kete.policy.cms.PolicyBench;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changed envelopes are refused in the declared way; nothing else is thrown, none is accepted. */
class FuzzTest {

  private final Identity centre = Identity.ec("centre");
  private final KeyRing ring = ring(centre);
  private PolicyBench bench;
  private Sealing sealing;
  private byte[] good = {};

  private static KeyRing ring(Identity identity) {
    return new KeyRing(List.of(new RecipientKey(identity.keys().getPrivate())));
  }

  @BeforeEach
  void seal(@TempDir Path folder) throws Exception {
    bench = new PolicyBench(folder, true).document(BlockOpenerTest.DOCUMENT);
    bench.certificate("centre.pem", centre);
    bench.certificate("vendor.pem", Identity.rsa("vendor", 2048)).start();
    sealing = bench.seal(PolicyBench.sample("pump-1", "power", 2.0));
    KeyEnvelope key = sealing.key().orElseThrow();
    ring.add(key.epoch(), key.envelope());
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private boolean opens(byte[] envelope) {
    Block block = sealing.block();
    SealedBlock sealed = new SealedBlock(epoch(), ByteBuffer.wrap(envelope));
    try {
      new BlockOpener(ring).open(block.id(), block.policy(), sealed);
      assertThat(envelope).isEqualTo(good); // a change that changes nothing
      return true;
    } catch (ReceiverException e) {
      return false;
    }
  }

  private String epoch() {
    return sealing.block().sealed().orElseThrow().epoch();
  }

  private boolean isKey(byte[] envelope) {
    try {
      ring(centre).add(sealing.key().orElseThrow().epoch(), ByteBuffer.wrap(envelope));
      assertThat(envelope).isEqualTo(good);
      return true;
    } catch (ReceiverException e) {
      return false;
    }
  }

  @Test
  void blockEnvelopes() {
    good = bytes(sealing.block().sealed().orElseThrow().envelope());
    Fuzz fuzz = new Fuzz().feed(20_000, this::opens, good);
    assertThat(fuzz.refused()).isGreaterThan(19_000);
  }

  /** With an identifier that fits, so that what is inside is looked at, too. */
  @Test
  void keyEnvelopes() {
    good = bytes(sealing.key().orElseThrow().envelope());
    Fuzz fuzz = new Fuzz().feed(20_000, this::isKey, good);
    assertThat(fuzz.refused()).isGreaterThan(19_000);
    Fuzz fitting = new Fuzz().feed(5_000, this::isFittingKey, good);
    assertThat(fitting.refused()).isGreaterThan(2_000);
  }

  private boolean isFittingKey(byte[] envelope) {
    try {
      ring(centre).add(KeyRing.identifierOf(envelope), ByteBuffer.wrap(envelope));
      return true;
    } catch (ReceiverException e) {
      return false;
    }
  }

  @Test
  void privateKeys() {
    byte[] pem = centre.keyPem().getBytes(StandardCharsets.US_ASCII);
    Fuzz fuzz = new Fuzz().feed(5_000, FuzzTest::isPrivateKey, pem);
    assertThat(fuzz.refused()).isGreaterThan(1_000);
    assertThat(Arrays.equals(fuzz.mutated(pem), pem)).isFalse();
  }

  private static boolean isPrivateKey(byte[] pem) {
    try {
      RecipientKey.fromPem(new java.io.ByteArrayInputStream(pem), new char[0]);
      return true;
    } catch (ReceiverException | java.io.IOException e) {
      return false;
    }
  }
}
