// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Whether the clock can be right, and whether somebody keeps it right.
 *
 * @param root of the file system; tests give another one
 */
record ClockCheck(Path root, Path home, Clock clock) implements Check {

  /** No gateway of this version was ever built before. */
  private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final String ADVICE =
      "set the clock and switch a time service on (timedatectl set-ntp true); certificates and"
          + " the order of data depend on it";

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Finding> look() throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Path list = home.resolve("bundles/start.list");
    Instant built =
        Files.exists(list) ? Files.getLastModifiedTime(list).toInstant() : Instant.EPOCH;
    Instant earliest = built.isAfter(EARLIEST) && built.isBefore(LATEST) ? built : EARLIEST;
    if (now.isBefore(earliest.minus(1, ChronoUnit.DAYS)) || now.isAfter(LATEST)) {
      return List.of(Finding.fail(name(), now + " cannot be right", ADVICE));
    }
    Path service = root.resolve("run/systemd/timesync");
    if (Files.exists(service.resolve("synchronized"))) {
      return List.of(Finding.ok(name(), now + ", synchronised"));
    }
    if (Files.isDirectory(service)) {
      return List.of(Finding.warn(name(), now + ", not synchronised", ADVICE));
    }
    return List.of(
        Finding.ok(name(), now + "; no systemd-timesyncd here to ask whether it is synchronised"));
  }
}
