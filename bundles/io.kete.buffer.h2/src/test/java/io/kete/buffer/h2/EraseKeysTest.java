// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After the erasure of an epoch its key is nowhere, and everything else goes on. */
final class EraseKeysTest {

  @TempDir Path directory;

  private StreamSettings settings() {
    return Bench.settings(directory + "/s");
  }

  private boolean fileHolds(String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> keys(List<Parcel> parcels) {
    return parcels.stream()
        .filter(Parcel.Key.class::isInstance)
        .map(parcel -> ((Parcel.Key) parcel).envelope().epoch())
        .toList();
  }

  private void fill(Bench bench, Bench.Sealed policy) throws IOException {
    long stored = bench.stream.ledger().accepted();
    bench.appendAll(stored + 1, 1000);
    policy.epoch = "e2";
    bench.appendAll(1001, 2000);
    assertThat(fileHolds("key of e1")).isTrue();
    policy.erased = Set.of("e1");
    bench.policy(policy);
    await().until(() -> !fileHolds("key of e1"));
  }

  @Test
  void theKeyIsGoneFromEveryFileAndAllSamplesAreThere() throws IOException {
    Bench.Sealed policy = new Bench.Sealed();
    try (Bench bench = new Bench(settings(), Optional.of(policy));
        Outlet outlet = bench.stream.open(() -> {})) {
      fill(bench, policy);
      bench.appendAll(2001, 2100);

      List<Parcel> parcels = Bench.drain(outlet);

      assertThat(keys(parcels)).containsExactly("e2");
      assertThat(Bench.samples(parcels)).isEqualTo(Bench.numbered(1, 2100));
      assertThat(fileHolds("key of e2")).isTrue();
      assertThat(fileHolds("key of e1")).isFalse();
      parcels.forEach(outlet::acknowledge);
      await().until(() -> Integer.valueOf(1).equals(bench.stream.status().facts().get("segments")));
      assertThat(bench.stream.ledger().dropped()).isEmpty();
    }
  }

  @Test
  void aKeyThatWasGivenOutIsNotGivenOutAgain() throws IOException {
    Bench.Sealed policy = new Bench.Sealed();
    try (Bench bench = new Bench(settings(), Optional.of(policy));
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(1, 10);
      assertThat(keys(Bench.drain(outlet))).containsExactly("e1");
      outlet.rewind();
      fill(bench, policy);

      assertThat(keys(Bench.drain(outlet))).containsExactly("e2");
    }
  }

  @Test
  void staysErasedOverARestart() throws IOException {
    Bench.Sealed policy = new Bench.Sealed();
    try (Bench bench = new Bench(settings(), Optional.of(policy))) {
      fill(bench, policy);
    }
    policy.erased = Set.of();
    try (Bench bench = new Bench(settings(), Optional.of(policy));
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(2001, 2001);
      List<Parcel> parcels = Bench.drain(outlet);

      assertThat(keys(parcels)).containsExactly("e2");
      assertThat(Bench.samples(parcels)).isEqualTo(Bench.numbered(1, 2001));
    }
  }
}
