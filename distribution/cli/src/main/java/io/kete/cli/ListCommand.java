// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "list",
    description = "Tells which packages the running gateway has and which a repository offers.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

  @ParentCommand private Kete kete;

  @Mixin private RepositoryOptions options;

  @Override
  public Integer call() throws InterruptedException {
    return options.run(kete.installation(), "list", List.of());
  }
}
