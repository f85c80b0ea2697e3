// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeteTest {

  @TempDir Path directory;

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @Test
  void namesAWrongOptionAndDoesNothing() {
    assertThat(execute("start", "--datta", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Unknown option").contains("--datta");
  }

  @Test
  void namesAWrongCommand() {
    assertThat(execute("strat")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("strat").contains("start");
  }

  @Test
  void explainsEveryCommandAndTheExitCodes() {
    assertThat(execute("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("start", "stop", "status", "demo", "run", "--data", "Exit codes:");
  }

  @Test
  void everyCommandHasHelp() {
    for (CommandLine command : all(Kete.commandLine())) {
      String name = command.getCommandSpec().qualifiedName();
      assertThat(command.getCommandSpec().findOption("--help")).as(name).isNotNull();
      assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
    }
  }

  @Test
  void everyCommandThatDoesSomethingAnswersPrograms() {
    for (CommandLine command : all(Kete.commandLine())) {
      boolean group = !command.getSubcommands().isEmpty();
      boolean screen = List.of("run", "demo").contains(command.getCommandName());
      if (!group && !screen) {
        String name = command.getCommandSpec().qualifiedName();
        assertThat(command.getCommandSpec().findOption("--json")).as(name).isNotNull();
      }
    }
  }

  private static List<CommandLine> all(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              if (!name.equals("help")) {
                all.addAll(all(sub));
              }
            });
    return all;
  }

  @Test
  void answersProgramsInJson() throws IOException {
    assertThat(execute("stop", "--json", "--data", directory.toString()))
        .isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(Json.parse(out.toString()).asObject().get("state").asString())
        .isEqualTo("not running");
    out.getBuffer().setLength(0);
    Path home = Files.createDirectories(directory.resolve("home/bin"));
    Path script = Files.writeString(home.resolve("kete"), "#!/bin/sh\necho no memory; exit 7\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThat(
            execute(
                "start",
                "--json",
                "--home",
                directory.resolve("home").toString(),
                "--data",
                directory.resolve("data").toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(Json.parse(out.toString()).asObject().get("reason").asString())
        .contains("exit code 7", "no memory");
  }

  @Test
  void tellsThatNoGatewayIsRunning() {
    assertThat(execute("status", "--data", directory.toString())).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(execute("stop", "--data", directory.toString())).isEqualTo(ExitCode.NOT_RUNNING);
  }

  @Test
  void doesNotTakeAnEndedProcessForARunningGateway() throws IOException {
    Files.createDirectories(directory.resolve("run"));
    Files.writeString(directory.resolve("run/kete.pid"), "999999999\n");
    assertThat(execute("status", "--data", directory.toString())).isEqualTo(ExitCode.NOT_RUNNING);
    Files.writeString(directory.resolve("run/kete.pid"), "no number");
    assertThat(execute("status", "--data", directory.toString())).isEqualTo(ExitCode.NOT_RUNNING);
  }

  @Test
  void putsProblemsFirstAndThenEveryFact() {
    String json =
        "{\"areas\":{\"policy\":{\"version\":\"3\",\"n\":4}},\"problems\":[\"no link; check it\"]}";
    assertThat(StatusText.of(Json.parse(json).asObject()).lines())
        .containsExactly(
            "1 to look at:",
            "  ! no link; check it",
            "areas.policy.version                         3",
            "areas.policy.n                               4");
    assertThat(StatusText.isWell(Json.parse(json).asObject())).isFalse();
    assertThat(StatusText.isWell(Json.parse("{\"problems\":[]}").asObject())).isTrue();
  }

  @Test
  void healthIsTheAbsenceOfNewKindsOfProblems() throws IOException {
    Path before =
        Files.writeString(
            directory.resolve("before"), "{\"problems\":[\"cloud: no link since 10:00\"]}");
    Installation none = new Installation(directory, directory);
    Health health = new Health(none, Health.areas(before));
    assertThat(
            health.news(Json.parse("{\"problems\":[\"cloud: no link since 11:00\"]}").asObject()))
        .isEmpty();
    assertThat(
            health.news(
                Json.parse("{\"problems\":[\"cloud: x\",\"framework: 1 bundle\"]}").asObject()))
        .containsExactly("framework: 1 bundle");
    assertThat(execute("status", "--settle", "1", "--data", directory.toString()))
        .isEqualTo(ExitCode.FAILED);
  }

  private int execute(String... args) {
    CommandLine command = Kete.commandLine();
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(out, true));
    return command.execute(args);
  }
}
