// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import java.time.Duration;

/**
 * Checked configuration.
 *
 * @param maxBytes most bytes of a package, packed and unpacked
 * @param patience longest time a download goes without one byte
 * @param settle how long a new package has to work before it is kept
 * @param settleLimit how long it may take until it works
 * @param repository address of the repository; empty when none is used
 */
record Settings(
    long maxBytes, Duration patience, Duration settle, Duration settleLimit, String repository) {

  static Settings of(DeploymentConfig config) {
    return new Settings(
        checked("package.max-bytes", config.package_max$_$bytes(), 1024, 1L << 32),
        Duration.ofSeconds(checked("download.patience", config.download_patience(), 1, 86_400)),
        Duration.ofMillis(checked("settle.millis", config.settle_millis(), 0, 600_000)),
        Duration.ofSeconds(checked("settle.limit", config.settle_limit(), 1, 3600)),
        address(config.repository_url()));
  }

  private static String address(String text) {
    String address = text.strip();
    if (!address.isEmpty() && !address.matches("(https?|file):\\S{1,1000}")) {
      throw new IllegalArgumentException(
          Deployment.PID
              + ": repository.url is neither empty nor begins with http://, https:// or file:");
    }
    return address;
  }

  private static long checked(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          Deployment.PID + ": " + key + "=" + value + " is not between " + least + " and " + most);
    }
    return value;
  }
}
