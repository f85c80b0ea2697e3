// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "update",
    description = {
      "Brings every package of the running gateway to the newest version of a repository.",
      "Either all of them work afterwards or what was there before is back."
    },
    mixinStandardHelpOptions = true)
final class UpdateCommand implements Callable<Integer> {

  @ParentCommand private Kete kete;

  @Mixin private RepositoryOptions options;

  @Override
  public Integer call() throws InterruptedException {
    return options.run(kete.installation(), "update", List.of());
  }
}
