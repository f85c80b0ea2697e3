// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "promote",
    description = "Makes the version in the shadow of a slot, or a named one, serve at once.",
    mixinStandardHelpOptions = true)
final class ModelPromoteCommand implements Callable<Integer> {

  @ParentCommand private ModelCommand model;

  @Parameters(index = "0", paramLabel = "SLOT", description = "Name of the slot.")
  private String slot;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "The version; default: the one in the shadow.")
  private @Nullable String version;

  @Mixin private OrderOptions options;

  @Override
  public Integer call() throws InterruptedException {
    ModelOrder order = new ModelOrder(model.installation(), slot, options);
    String line = "promote " + slot + (version == null ? "" : " " + version);
    return order.give(
        line, now -> now.shadow().isEmpty() && now.serving("version").equals(now.text("promote")));
  }
}
