// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "pin",
    description = "Makes a slot serve one version whatever else is installed, or the newest again.",
    mixinStandardHelpOptions = true)
final class ModelPinCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private ModelCommand model;

  @Parameters(index = "0", paramLabel = "SLOT", description = "Name of the slot.")
  private String slot;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "The version, installed or kept.")
  private @Nullable String version;

  @Option(names = "--newest", description = "End the pin: the newest version serves.")
  private boolean newest;

  @Mixin private OrderOptions options;

  @Override
  public Integer call() throws InterruptedException {
    if (newest == (version != null)) {
      throw new ParameterException(spec.commandLine(), "either VERSION or --newest is needed");
    }
    ModelOrder order = new ModelOrder(model.installation(), slot, options);
    return version == null
        ? order.give("unpin " + slot, now -> now.text("pin").isEmpty())
        : order.give(
            "pin " + slot + " " + version,
            now -> now.text("pin").equals(version) && now.serving("version").equals(version));
  }
}
