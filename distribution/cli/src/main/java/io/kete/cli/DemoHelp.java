// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import picocli.CommandLine.Command;

/** Stands in the help text; the start script runs this command without the help of this program. */
@Command(
    name = "demo",
    description =
        "Runs a simulated plant, a broker and a gateway for a minute and checks the result; see kete demo --help.",
    mixinStandardHelpOptions = true)
final class DemoHelp implements Runnable {

  @Override
  public void run() {
    System.out.println(
        "Runs a simulated plant, a broker and a gateway for a minute and checks the result; see kete demo --help.");
  }
}
