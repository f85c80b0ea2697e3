// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "rollback",
    description =
        "Makes a slot go back to the version before the one that serves; that one does not serve"
            + " again by itself.",
    mixinStandardHelpOptions = true)
final class ModelRollbackCommand implements Callable<Integer> {

  @ParentCommand private ModelCommand model;

  @Parameters(index = "0", paramLabel = "SLOT", description = "Name of the slot.")
  private String slot;

  @Mixin private OrderOptions options;

  @Override
  public Integer call() throws InterruptedException {
    ModelOrder order = new ModelOrder(model.installation(), slot, options);
    return order.give("rollback " + slot, ModelRollbackCommand::isBack);
  }

  private static boolean isBack(ModelSlots.Slot now) {
    List<String> left = List.of(now.text("rollback").split(",", -1));
    String serving = now.serving("version");
    return !serving.isEmpty() && !now.text("rollback").isEmpty() && !left.contains(serving);
  }
}
