// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.uplink.cloud.pace.PaceSettings;
import io.kete.uplink.cloud.share.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Uplinks and their settings for tests: a window of four, no accounts, a short retry. */
final class Uplinks {

  static final Way WAY = new Way(Way.Kind.CLOUD_PUBLISHER, "cloud", "W1/A1/$assetName", 512);
  static final UplinkSettings SETTINGS = with(4, Duration.ofMinutes(10), PaceSettings.FREE);

  private Uplinks() {}

  static UplinkSettings with(int window, Duration confirmTimeout, PaceSettings pace) {
    return new UplinkSettings(
        window,
        confirmTimeout,
        Duration.ofMillis(10),
        Duration.ofSeconds(1),
        1 << 20,
        2,
        Duration.ZERO,
        false,
        pace);
  }

  static UplinkSettings withLedgers() {
    return new UplinkSettings(
        4,
        Duration.ofMinutes(10),
        Duration.ofMillis(10),
        Duration.ofSeconds(1),
        1 << 20,
        2,
        Duration.ofHours(1),
        true,
        PaceSettings.FREE);
  }

  static CloudUplink start(Surroundings surroundings, UplinkSettings settings) {
    return new CloudUplink(surroundings, WAY, settings, new Links(), Clock.system(ZoneOffset.UTC));
  }
}
