// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "list",
    description = "Tells for each slot what serves, what is installed and what was refused last.",
    mixinStandardHelpOptions = true)
final class ModelListCommand implements Callable<Integer> {

  private static final String FORM = "%-20s %-24s %-12s %-14s %s%n";

  @ParentCommand private ModelCommand model;

  @Mixin private Answer answer;

  @Override
  public Integer call() throws InterruptedException {
    try {
      JsonObject status = GatewayStatus.read(model.installation());
      answer.give(ModelSlots.json(ModelSlots.of(status)), text(status).stripTrailing());
      return ExitCode.OK;
    } catch (GatewayStatus.NoStatusException e) {
      return answer.failed(e.code(), e.reason());
    }
  }

  static String text(JsonObject status) {
    StringBuilder text = new StringBuilder();
    List<ModelSlots.Slot> slots = ModelSlots.of(status);
    text.append(String.format(FORM, "SLOT", "MODEL", "SERVING", "PINNED TO", "INSTALLED"));
    for (ModelSlots.Slot slot : slots) {
      text.append(
          String.format(
              FORM,
              slot.name(),
              slot.text("model"),
              or(slot.serving("version"), "none"),
              or(slot.text("pin"), "-"),
              or(slot.text("installed"), "-")));
      if (!slot.text("lastRefusal").isEmpty()) {
        text.append("  last refused ").append(slot.text("lastRefusal")).append('\n');
      }
    }
    ModelSlots.problems(status)
        .forEach(problem -> text.append("  ! ").append(problem).append('\n'));
    return text.toString();
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
