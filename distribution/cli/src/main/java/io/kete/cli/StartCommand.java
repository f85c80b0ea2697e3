// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import io.kete.launcher.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "start",
    description = "Starts the gateway in the background and waits until it answers.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

  private static final long LOOK_MILLIS = 100;
  private static final int LAST_LINES = 5;

  @ParentCommand private Kete kete;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the first answer; default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Mixin private Answer answer;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation gateway = kete.installation();
    Optional<ProcessHandle> running = gateway.process();
    if (running.isPresent()) {
      return isRunning("already running", running.get());
    }
    Optional<SystemdUnit> unit = SystemdUnit.of(gateway);
    Process process = unit.isPresent() ? unit.get().order("start") : launch(gateway);
    answer.progress("starting, log in " + gateway.consoleLog().getParent());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
    while (System.nanoTime() < end) {
      if (gateway.process().isPresent() && gateway.statusPort().isPresent()) {
        return isRunning("running", gateway.process().get());
      }
      boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (ended && unit.isPresent() && process.exitValue() != 0) {
        return answer.failed(ExitCode.FAILED, "not started; see journalctl -u kete");
      }
      if (ended && unit.isEmpty()) {
        return ended(gateway.consoleLog(), process.exitValue());
      }
    }
    return answer.failed(
        ExitCode.FAILED,
        "no answer after " + waitSeconds + " s; it may still be starting, see kete status");
  }

  private int isRunning(String text, ProcessHandle process) {
    answer.give(
        new JsonObject().add("state", "running").add("process", process.pid()),
        text + ", process " + process.pid());
    return ExitCode.OK;
  }

  /**
   * A session of its own, so that neither Ctrl-C nor the end of the terminal reaches the gateway.
   */
  private static Process launch(Installation gateway) throws IOException {
    Path folder = gateway.data().resolve("log");
    Files.createDirectories(folder);
    if (!Files.exists(gateway.consoleLog())) {
      Files.createFile(gateway.consoleLog());
    }
    Ownership.of(gateway.data()).give(folder);
    List<String> run =
        List.of(gateway.runScript().toString(), "run", "--data", gateway.data().toString());
    boolean setsid = Files.isExecutable(Path.of("/usr/bin/setsid"));
    ProcessBuilder builder = new ProcessBuilder();
    if (setsid) {
      builder.command().add("/usr/bin/setsid");
    }
    builder.command().addAll(run);
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(gateway.consoleLog().toFile())
        .start();
  }

  private int ended(Path log, int exitValue) throws IOException {
    List<String> lines = Files.readAllLines(log);
    String last =
        String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    return answer.failed(
        ExitCode.FAILED, "the gateway ended with exit code " + exitValue + ":\n" + last);
  }
}
