// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "install",
    description = {
      "Installs packages from a repository into the running gateway, with what they need.",
      "Either all of them work afterwards or what was there before is back."
    },
    mixinStandardHelpOptions = true)
final class InstallCommand implements Callable<Integer> {

  @ParentCommand private Kete kete;

  @Mixin private RepositoryOptions options;

  @Parameters(
      paramLabel = "NAME[@RANGE]",
      arity = "1..*",
      description =
          "A package, such as kete-route, kete-route@1.1.0 (exactly this one) or"
              + " kete-route@[1.1,2).")
  private List<String> packages;

  @Override
  public Integer call() throws InterruptedException {
    return options.run(kete.installation(), "install", packages);
  }
}
