// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import io.kete.data.api.BlockId;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.policy.api.DataPolicy;
import io.kete.policy.cms.Identity;
import io.kete.policy.cms.PolicyBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.type.TypedValues;

/** Samples of a pump with ten channels, and policies that seal none, two or all of them. */
final class SealSubject {

  static final int CHANNELS = 10;

  private static final long TIME = PolicyBench.NOW.toEpochMilli();
  private static final String[] UNITS = {"m3/h", "bar", "mm/s", "A", "°C"};

  private SealSubject() {}

  /** A document that seals so many of the ten channels. */
  static String document(int sealed) {
    return """
        {"format": "kete-policy/1", "version": 1, "recipients": {"centre": "centre.pem"},
         "default": {"action": "seal", "recipients": ["centre"]},
         "rules": [{"name": "open", "channel": "%s", "action": "plain"}]}
        """
        .formatted(sealed == CHANNELS ? "none" : sealed == 0 ? "*" : "open-*");
  }

  /** The data policy as the gateway runs it, with a recipient of P-256. */
  static DataPolicy policy(int sealed) throws IOException {
    Path folder = Files.createTempDirectory("kete-seal");
    PolicyBench bench = new PolicyBench(folder, true).document(document(sealed));
    bench.certificate("centre.pem", Identity.ec("centre"));
    return bench.start().policy();
  }

  static BlockId id(int samples) {
    return new BlockId("gateway-1", "telemetry", 123_456_789_012_345L, 1_000_000, samples);
  }

  /** Samples 100 ms apart; so many channels are named for the rule that leaves them open. */
  static List<Sample> samples(int count, int sealed) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Reading> readings = new ArrayList<>();
      for (int c = 0; c < CHANNELS; c++) {
        String name = (c < sealed ? "secret-" : "open-") + c;
        double value = Math.round(1000 * Math.sin(i + c)) / 1000.0 + 50;
        readings.add(
            Reading.Measured.good(
                name, TypedValues.newDoubleValue(value), UNITS[c % UNITS.length], TIME + 100L * i));
      }
      samples.add(new Sample("pump-1", TIME + 100L * i, ClockQuality.SYNCHRONISED, readings));
    }
    return samples;
  }
}
