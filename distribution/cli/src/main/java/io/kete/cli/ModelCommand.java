// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "model",
    description =
        "Packages models, hands them to the running gateway, and says which of them serves.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelPackageCommand.class,
      ModelVerifyCommand.class,
      ModelInstallCommand.class,
      ModelListCommand.class,
      ModelShowCommand.class,
      ModelPinCommand.class,
      ModelPromoteCommand.class,
      ModelRollbackCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
final class ModelCommand {

  @ParentCommand private Kete kete;

  Installation installation() {
    return kete.installation();
  }
}
