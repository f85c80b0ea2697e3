// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "status",
    description = "Tells how the gateway is doing: what is wrong first, then every counter.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @ParentCommand private Kete kete;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Installation gateway = kete.installation();
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
      String answer = new StatusClient().json(port.get());
      JsonObject status = Json.parse(answer).asObject();
      System.out.println(json ? answer : StatusText.of(status));
      return StatusText.isWell(status) ? ExitCode.OK : ExitCode.FAILED;
    } catch (IOException | ParseException | UnsupportedOperationException e) {
      System.err.println("kete: the status page on port " + port.get() + " gave no answer: " + e);
      return ExitCode.FAILED;
    }
  }
}
