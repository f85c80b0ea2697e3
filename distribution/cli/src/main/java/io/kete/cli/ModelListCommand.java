// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "list",
    description = "Tells for each slot what serves, what is installed and what was refused last.",
    mixinStandardHelpOptions = true)
final class ModelListCommand implements Callable<Integer> {

  private static final String FORM = "%-20s %-24s %-12s %-14s %s%n";

  @ParentCommand private ModelCommand model;

  @Override
  public Integer call() throws InterruptedException {
    Installation gateway = model.installation();
    Optional<Integer> port = gateway.statusPort();
    if (gateway.process().isEmpty()) {
      System.err.println("kete: no gateway is running with " + gateway.data() + "; see kete start");
      return ExitCode.NOT_RUNNING;
    }
    if (port.isEmpty()) {
      System.err.println("kete: the gateway is starting, or its status page is switched off");
      return ExitCode.FAILED;
    }
    try {
      System.out.print(text(Json.parse(new StatusClient().json(port.get())).asObject()));
      return ExitCode.OK;
    } catch (IOException | ParseException | UnsupportedOperationException e) {
      System.err.println("kete: the status page on port " + port.get() + " gave no answer: " + e);
      return ExitCode.FAILED;
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
