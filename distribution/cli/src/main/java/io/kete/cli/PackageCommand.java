// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what can be done with deployment packages; needs no gateway. */
@Command(
    name = "package",
    description = "Signs deployment packages; no gateway is needed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = PackageSignCommand.class,
    mixinStandardHelpOptions = true)
final class PackageCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "kete package: which of sign?");
  }
}
