// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.BlockWriter;
import io.kete.data.api.Sample;
import io.kete.policy.api.Sealing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants values in every kind of channel that must not leave in clear and searches for them
 * wherever something is written.
 */
class CanaryTest {

  private static final String[] SECRET_CHANNELS = {
    "unknown", "vib", "private", "batch", "noise", "recipe", "kete.key:1"
  };

  private final Random random = new Random(5);
  private final List<String> canaries = new ArrayList<>();
  private final ByteArrayOutputStream left = new ByteArrayOutputStream();

  private Sample planted() {
    List<Object> readings = new ArrayList<>(List.of("flow", "open value"));
    for (String channel : SECRET_CHANNELS) {
      String canary = "canary" + Long.toHexString(random.nextLong());
      canaries.add(canary);
      readings.addAll(List.of(channel, canary));
    }
    return PolicyBench.derived(
        PolicyBench.sample("pump-1", readings.toArray()), "flow2", "unknown");
  }

  private void seal(PolicyBench bench, int blocks) throws IOException {
    for (int i = 0; i < blocks; i++) {
      BlockId id = new BlockId("gw-1", "telemetry", 1, 1 + 2L * i, 2);
      Sealing sealing = bench.policy().seal(id, List.of(planted(), planted()));
      Block block = sealing.block();
      left.write(new BlockWriter().write(block));
      left.write(block.toString().getBytes(StandardCharsets.UTF_8));
      left.write(bench.policy().status().toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void noSensitiveValueIsLeftInClearAnywhere(@TempDir Path folder) throws Exception {
    PolicyBench bench =
        new PolicyBench(folder, true)
            .limits(Duration.ofHours(1), 5)
            .document(SealingTest.DOCUMENT)
            .start();
    seal(bench, 10); // no certificate is there
    bench
        .certificate("centre.pem", Identity.ec("centre"))
        .certificate("vendor.pem", Identity.rsa("vendor", 2048));
    bench.pass(Duration.ofMinutes(2));
    seal(bench, 20);
    bench.document("{ broken").apply();
    seal(bench, 10);
    bench.document(SealingTest.DOCUMENT.replace("\"version\": 5", "\"version\": 6")).apply();
    seal(bench, 20);
    bench.document("").apply();
    seal(bench, 10);
    bench.close();

    assertThat(canaries).hasSizeGreaterThan(900);
    String written = left.toString(StandardCharsets.ISO_8859_1);
    assertThat(written).contains("open value").contains("withheld: no valid recipient");
    for (String canary : canaries) {
      assertThat(written).doesNotContain(canary);
    }
    assertThat(String.join("\n", CapturedLog.lines()))
        .doesNotContain("canary")
        .contains("key_epoch_started");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("canary");
      }
    }
  }
}
