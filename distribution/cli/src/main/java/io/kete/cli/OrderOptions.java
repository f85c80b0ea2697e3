// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How an order to a slot is awaited and answered. */
final class OrderOptions {

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait until the slot has followed; default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Mixin private Answer answer;

  int waitSeconds() {
    return waitSeconds;
  }

  Answer answer() {
    return answer;
  }
}
