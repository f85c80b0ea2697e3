// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import picocli.CommandLine.Command;

/** Stands in the help text; the start script runs this command without the help of this program. */
@Command(
    name = "run",
    description = "Runs the gateway in the foreground until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class RunHelp implements Runnable {

  @Override
  public void run() {
    System.out.println("Runs the gateway in the foreground until Ctrl-C.");
  }
}
