// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "show",
    description =
        "Tells everything about one slot: what serves, what else it knows, what is wrong.",
    mixinStandardHelpOptions = true)
final class ModelShowCommand implements Callable<Integer> {

  @ParentCommand private ModelCommand model;

  @Parameters(paramLabel = "SLOT", description = "Name of the slot.")
  private String slot;

  @Mixin private Answer answer;

  @Override
  public Integer call() throws InterruptedException {
    try {
      JsonObject status = GatewayStatus.read(model.installation());
      Optional<ModelSlots.Slot> found = ModelSlots.find(status, slot);
      if (found.isEmpty()) {
        return answer.failed(ExitCode.FAILED, "there is no slot " + slot + "; see kete model list");
      }
      answer.give(found.get().json(), text(status, found.get()).stripTrailing());
      return ExitCode.OK;
    } catch (GatewayStatus.NoStatusException e) {
      return answer.failed(e.code(), e.reason());
    }
  }

  static String text(JsonObject status, ModelSlots.Slot slot) {
    StringBuilder text = new StringBuilder();
    line(text, "slot", slot.name());
    line(text, "model", slot.text("model"));
    String serving = slot.serving("version");
    line(text, "serving", serving.isEmpty() ? "none" : serving + "  " + slot.serving("digest"));
    line(text, "installed", slot.text("installed"));
    line(text, "pinned to", slot.text("pin"));
    line(text, "promoted", slot.text("promote"));
    line(text, "rolled back", slot.text("rollback"));
    JsonObject shadow = slot.shadow();
    if (!shadow.isEmpty()) {
      String done = shadow.get("samples") + " of " + shadow.get("of") + " samples compared";
      line(text, "shadow", shadow.getString("version", "") + ", " + done);
    }
    for (String count : new String[] {"scored", "bad", "none", "swaps"}) {
      line(text, count, String.valueOf(slot.facts().get(count)));
    }
    for (Member version : slot.models()) {
      line(text, "version", version.getName() + "  " + version.getValue().asString());
    }
    ModelSlots.problems(status, slot.name())
        .forEach(problem -> text.append("  ! ").append(problem).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, String what, String value) {
    text.append(String.format("%-12s %s%n", what, value.isEmpty() ? "-" : value));
  }
}
