// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.BlockWriter;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import io.kete.policy.api.DataPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncryptionTest {

  private static final String MARK = "a-value-nobody-may-read";

  @TempDir Path directory;

  private Bench bench(boolean encrypted) {
    return bench(directory, encrypted);
  }

  private static Bench bench(Path directory, boolean encrypted) {
    return new Bench(Bench.settings(directory.toString(), encrypted));
  }

  private static Sample marked() {
    Reading reading = Measured.good("n", TypedValues.newStringValue(MARK), "", 1000);
    return new Sample("pump", 1000, ClockQuality.UNKNOWN, List.of(reading));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private Map<String, Integer> contents() throws IOException {
    Map<String, Integer> all = new TreeMap<>();
    for (Path file : files()) {
      all.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)).hashCode());
    }
    return all;
  }

  private boolean isMarkReadable() throws IOException {
    for (Path file : files()) {
      if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(MARK)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> delivered(Bench bench) {
    List<Parcel> all = new ArrayList<>();
    try (Outlet outlet = bench.stream.open(() -> {})) {
      bench.deliverAll(outlet, all::add);
    }
    return Bench.samples(all);
  }

  @Test
  void nothingOfAnEncryptedStreamCanBeReadOnTheMedium() throws IOException {
    try (Bench clear = bench(false)) {
      clear.append(marked()).join();
      assertThat(isMarkReadable()).as("the search finds it when it is there").isTrue();
      assertThat(clear.stream.status().facts()).containsEntry("encrypted", false);
    }
    Path other = Files.createDirectories(directory.resolve("other"));
    directory = other;
    try (Bench encrypted = bench(true)) {
      encrypted.append(marked()).join();
      assertThat(isMarkReadable()).isFalse();
      assertThat(encrypted.stream.status().facts()).containsEntry("encrypted", true);
    }
    assertThat(isMarkReadable()).isFalse();
  }

  @Test
  void clearAndEncryptedSegmentsFollowEachOtherInOneStream() throws IOException {
    try (Bench clear = bench(false)) {
      clear.appendAll(1, 600);
    }
    try (Bench encrypted = bench(true)) {
      encrypted.appendAll(601, 1200);
      encrypted.stream.change(Bench.settings(directory.toString(), false));
      encrypted.appendAll(1201, 1300);
      encrypted.stream.change(Bench.settings(directory.toString(), true));
      encrypted.appendAll(1301, 1400);
    }
    assertThat(files().stream().map(Path::toString).filter(name -> name.contains("-k")))
        .hasSizeGreaterThan(2);
    try (Bench clear = bench(false)) {
      clear.appendAll(1401, 1500);
      assertThat(delivered(clear)).isEqualTo(Bench.numbered(1, 1500));
      assertThat(clear.stream.ledger().dropped()).isEmpty();
    }
  }

  @Test
  void withAnotherSecretNothingIsSentTakenOrChangedUntilTheFormerOneIsBack() throws IOException {
    try (Bench bench = bench(true)) {
      bench.appendAll(1, 800);
    }
    Map<String, Integer> before = contents();
    try (Bench bench =
            Bench.withCrypto(
                Bench.settings(directory.toString(), true),
                Optional.of(TestCrypto.of("another secret")));
        Outlet outlet = bench.stream.open(() -> {})) {
      assertRefused(bench, "another secret of the device", outlet);
      bench.crypto(Optional.empty());
      assertRefused(bench, "there is no CryptoService", outlet);
      assertThat(contents()).isEqualTo(before);

      bench.crypto(Optional.of(TestCrypto.of("secret of this device")));
      await().until(() -> bench.stream.status().problems().isEmpty());
      bench.appendAll(801, 810);
      List<Parcel> all = new ArrayList<>();
      bench.deliverAll(outlet, all::add);
      assertThat(Bench.samples(all)).isEqualTo(Bench.numbered(1, 810));
    }
  }

  @Test
  void aCryptoServiceThatComesAMomentAfterTheStartIsNoFailure() throws Exception {
    StreamSettings settings = Bench.settings(directory.toString(), true);
    AtomicReference<Optional<CryptoService>> crypto = new AtomicReference<>(Optional.empty());
    CountDownLatch asked = new CountDownLatch(1);
    DurableStream stream =
        new DurableStream(
            settings,
            () -> 77,
            new DurableStream.Services() {
              @Override
              public Optional<DataPolicy> policy() {
                return Optional.of(new Bench.Open());
              }

              @Override
              public Optional<CryptoService> crypto() {
                asked.countDown();
                return Objects.requireNonNull(crypto.get());
              }
            });
    stream.start();
    try {
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(stream.status().problems()).isEmpty();
      crypto.set(Optional.of(TestCrypto.of("secret of this device")));
      stream.resume();
      await().until(() -> Boolean.TRUE.equals(stream.status().facts().get("encrypted")));
      assertThat(stream.status().problems()).isEmpty();
    } finally {
      stream.close();
    }
  }

  private static void assertRefused(Bench bench, String reason, Outlet outlet) {
    await()
        .untilAsserted(
            () ->
                assertThat(bench.stream.status().problems())
                    .singleElement()
                    .asString()
                    .contains("key of the encrypted segments", reason, "former secret", "move "));
    assertThatThrownBy(() -> bench.append(1).join()).hasMessageContaining(reason);
    assertThat(outlet.poll(16)).isEmpty();
  }

  @Test
  void oneDamagedCopyOfTheKeyIsWrittenAnew() throws IOException {
    try (Bench bench = bench(true)) {
      bench.appendAll(1, 10);
    }
    Path copy = files().stream().filter(file -> file.toString().endsWith(".1")).findFirst().get();
    Files.writeString(copy, "no key");
    try (Bench bench = bench(true)) {
      bench.appendAll(11, 20);
      assertThat(delivered(bench)).isEqualTo(Bench.numbered(1, 20));
    }
    assertThat(copy).content().isNotEqualTo("no key");
  }

  @Test
  void noNonceComesTwiceAlsoAfterTheStoreWasLostAndRestored() throws IOException {
    Set<String> nonces = new HashSet<>();
    int blocks = 0;
    Path copy = Files.createDirectories(directory.resolve("copy"));
    Path store = Files.createDirectories(directory.resolve("store"));
    try (Bench bench = bench(store, true)) {
      bench.appendAll(1, 200);
      try (Stream<Path> files = Files.list(store)) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      bench.appendAll(201, 900);
    }
    try (Bench bench = bench(copy, true)) {
      bench.appendAll(201, 900);
    }
    for (Path folder : List.of(store, copy)) {
      directory = folder;
      for (Path file : files()) {
        for (Frame frame : FrameScan.of(Files.readAllBytes(file)).blocks()) {
          ByteBuffer payload = ByteBuffer.wrap(frame.payload());
          nonces.add(frame.position() > 200 || folder.equals(store) ? nonce(payload) : "copied");
          blocks += frame.position() > 200 || folder.equals(store) ? 1 : 0;
        }
      }
    }
    nonces.remove("copied");
    assertThat(blocks).isGreaterThan(20);
    assertThat(nonces).hasSize(blocks);
  }

  private static String nonce(ByteBuffer payload) {
    return Long.toHexString(payload.getLong())
        + Long.toHexString(payload.getLong())
        + "/"
        + payload.getLong();
  }

  @Test
  void aBlockThatWasChangedOnPurposeIsLostAloneAndReported() throws IOException {
    try (Bench bench = bench(true)) {
      bench.appendAll(1, 640);
    }
    Path segment =
        files().stream().filter(file -> file.toString().endsWith(".mv")).findFirst().get();
    byte[] bytes = Files.readAllBytes(segment);
    Frame victim = FrameScan.of(bytes).blocks().get(0);
    forge(bytes, victim);
    Files.write(segment, bytes);
    try (Bench bench = bench(true);
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(641, 641);
      List<Parcel> all = new ArrayList<>();
      bench.deliverAll(outlet, all::add);
      assertThat(bench.stream.ledger().dropped())
          .containsExactlyEntriesOf(Map.of("damaged", (long) victim.count()));
      assertThat(Bench.samples(all)).hasSize(641 - victim.count());
      assertThat(bench.stream.ledger().isEven()).isTrue();
    }
  }

  /** Changes each copy of a frame and makes its checksum right again. */
  private static void forge(byte[] bytes, Frame victim) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int at = 0; at <= bytes.length - Frame.OVERHEAD; at++) {
      Optional<Frame> frame =
          in.getInt(at) == Frame.MAGIC ? Frame.parse(bytes, at, bytes.length) : Optional.empty();
      if (frame.filter(f -> f.position() == victim.position() && f.count() > 0).isPresent()) {
        int end = at + Frame.HEADER_BYTES + frame.get().payload().length;
        bytes[end - 1] ^= 1;
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, end - at);
        in.putInt(end, (int) crc.getValue());
      }
    }
  }

  @Test
  void anExportNeedsTheSecretAndTheAccountDoesNot() throws IOException {
    try (Bench bench = bench(true)) {
      bench.appendAll(1, 100);
    }
    assertThat(StoredStream.read(directory, Optional.empty()).ledger().buffered()).isEqualTo(100);
    assertThatThrownBy(() -> StoredStream.read(directory, Optional.empty()).forEach(parcel -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("key of the encrypted segments");
    List<Parcel> all = new ArrayList<>();
    long missing =
        StoredStream.read(directory, Optional.of(TestCrypto.of("secret of this device")))
            .forEach(all::add);
    assertThat(missing).isZero();
    assertThat(Bench.samples(all)).isEqualTo(Bench.numbered(1, 100));
  }

  @Test
  void anEncryptedBlockOpensOnlyInItsPlaceAndWithItsKey() {
    StoreKey key = StoreKey.fresh();
    BlockId id = new BlockId("gw-1", "telemetry", 77, 5, 1);
    Frame block =
        Frame.block(
            5, 1, new BlockWriter().write(new Block(id, "1", List.of(marked()), Optional.empty())));
    Frame encrypted = key.encryptor().encrypt(block);
    assertThat(encrypted.payload()).hasSize(block.payload().length + StoreKey.OVERHEAD);
    assertThat(StoreKey.opened(encrypted, Optional.of(key)).orElseThrow().payload())
        .isEqualTo(block.payload());
    Frame moved = new Frame(Frame.Kind.ENCRYPTED, 6, 1, encrypted.payload());
    assertThat(StoreKey.opened(moved, Optional.of(key))).isEmpty();
    assertThat(StoreKey.opened(encrypted, Optional.of(StoreKey.fresh()))).isEmpty();
    assertThat(StoreKey.opened(encrypted, Optional.empty())).isEmpty();
    Frame cut = new Frame(Frame.Kind.ENCRYPTED, 5, 1, new byte[StoreKey.OVERHEAD - 1]);
    assertThat(StoreKey.opened(cut, Optional.of(key))).isEmpty();
  }
}
