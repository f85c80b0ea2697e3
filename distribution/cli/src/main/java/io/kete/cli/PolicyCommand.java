// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what can be done with policy documents; needs no gateway. */
@Command(
    name = "policy",
    description = "Checks, compares and signs policy documents; no gateway is needed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PolicyCheckCommand.class, PolicyDiffCommand.class, PolicySignCommand.class},
    mixinStandardHelpOptions = true)
final class PolicyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "kete policy: which of check, diff, sign?");
  }
}
