// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import java.time.Duration;

/** The validated configuration of an uplink. */
record UplinkSettings(int window, Duration confirmTimeout, Duration retryInterval) {

  /** Checks the plain values of the configuration. */
  static UplinkSettings of(int window, int confirmTimeoutSeconds, int retryIntervalMillis) {
    return new UplinkSettings(
        within("window", window, 1, 10_000),
        Duration.ofSeconds(within("confirm.timeout", confirmTimeoutSeconds, 5, 3_600)),
        Duration.ofMillis(within("retry.interval", retryIntervalMillis, 10, 60_000)));
  }

  private static int within(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          CloudUplink.PID + ": " + key + "=" + value + " is not between " + min + " and " + max);
    }
    return value;
  }
}
