// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

/** Checks of configured values; each failure names PID, key and what is allowed. */
final class Settings {

  static IllegalArgumentException wrong(String pid, String key, String allowed) {
    return new IllegalArgumentException(pid + ": " + key + " " + allowed);
  }

  static int inRange(String pid, String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw wrong(pid, key, "is " + min + " to " + max + ", not " + value);
    }
    return value;
  }

  private Settings() {}
}
