// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The gateway a doctor looks at.
 *
 * @param home directory of the installation
 * @param data data directory
 * @param process of the running gateway
 * @param status what the running gateway says about itself, as JSON
 */
public record Site(Path home, Path data, Optional<Long> process, Optional<String> status) {

  Path snapshots() {
    return data.resolve("user/snapshots");
  }

  boolean isRunning() {
    return process.isPresent();
  }
}
