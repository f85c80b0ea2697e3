// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.StreamLedger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files as the first version wrote them, kept as bytes: every later version has to read them. The
 * stream held 400 samples in blocks of up to 64, of which those up to 100 or more were delivered,
 * and was killed.
 */
final class FormatOneTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsAStreamOfTheFirstVersionAndGoesOnWithIt(boolean encrypted) throws IOException {
    try (InputStream names = open("names")) {
      for (String name :
          new String(names.readAllBytes(), StandardCharsets.US_ASCII).lines().toList()) {
        try (InputStream content = open(name)) {
          Files.copy(content, directory.resolve(name));
        }
      }
    }
    try (Bench bench = new Bench(Bench.settings(directory.toString(), encrypted));
        Outlet outlet = bench.stream.open(() -> {})) {
      assertThat(bench.append(401).orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(401);
      List<Parcel> parcels = Bench.drain(outlet);
      StreamLedger ledger = bench.stream.ledger();
      assertThat(ledger.delivered()).isGreaterThanOrEqualTo(100);
      assertThat(ledger.dropped()).isEmpty();
      assertThat(ledger.isEven()).isTrue();
      assertThat(((Parcel.Samples) parcels.get(0)).block().id().incarnation()).isEqualTo(77);
      assertThat(Bench.samples(parcels)).isEqualTo(Bench.numbered(ledger.delivered() + 1, 401));
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(FormatOneTest.class.getResourceAsStream("/format-1/" + name));
  }
}
