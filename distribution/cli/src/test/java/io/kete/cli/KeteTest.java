// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private int execute(String... args) {
    CommandLine command = Kete.commandLine();
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(out, true));
    return command.execute(args);
  }
}
