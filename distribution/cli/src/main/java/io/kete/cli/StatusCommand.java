// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "Wait at most so long until the gateway is healthy, and only tell whether it is.")
  private int settleSeconds;

  @Option(
      names = "--known",
      paramLabel = "FILE",
      description =
          "An earlier answer of --json: with --settle, problems in areas that had some then do not"
              + " count.")
  private @Nullable Path known;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation gateway = kete.installation();
    if (settleSeconds > 0) {
      return settled(gateway);
    }
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

  private int settled(Installation gateway) throws IOException, InterruptedException {
    Health health = new Health(gateway, Health.areas(known));
    List<String> problems = health.await(Duration.ofSeconds(settleSeconds));
    problems.forEach(problem -> System.err.println("kete: " + problem));
    return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
