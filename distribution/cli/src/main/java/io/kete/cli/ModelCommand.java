// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "model",
    description = "Installs a model in the running gateway, or lists what its slots serve.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelInstallCommand.class,
      ModelListCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
final class ModelCommand {

  @ParentCommand private Kete kete;

  Installation installation() {
    return kete.installation();
  }
}
