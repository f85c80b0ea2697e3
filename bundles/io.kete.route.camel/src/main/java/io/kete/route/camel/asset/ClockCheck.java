// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import io.kete.data.api.ClockQuality;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks at the marks that systemd's time service leaves. Two look-ups in a file system in memory;
 * no process, no network.
 */
public final class ClockCheck {
  private final Path folder;

  /** The usual place. */
  public ClockCheck() {
    this(Path.of("/run/systemd/timesync"));
  }

  ClockCheck(Path folder) {
    this.folder = folder;
  }

  /** Unknown when the time service does not run here, for instance because another one does. */
  public ClockQuality check() {
    if (Files.exists(folder.resolve("synchronized"))) {
      return ClockQuality.SYNCHRONISED;
    }
    return Files.isDirectory(folder) ? ClockQuality.FREE_RUNNING : ClockQuality.UNKNOWN;
  }
}
