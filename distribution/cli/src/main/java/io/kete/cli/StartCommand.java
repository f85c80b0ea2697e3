// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "start",
    description = "Starts the gateway in the background and waits until it answers.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

  private static final long LOOK_MILLIS = 100;

  @ParentCommand private Kete kete;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the first answer; default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation gateway = kete.installation();
    Optional<ProcessHandle> running = gateway.process();
    if (running.isPresent()) {
      System.out.println("already running, process " + running.get().pid());
      return ExitCode.OK;
    }
    Files.createDirectories(gateway.consoleLog().getParent());
    Process process = launch(gateway);
    System.out.println("starting, log in " + gateway.consoleLog().getParent());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
    while (System.nanoTime() < end) {
      if (gateway.process().isPresent() && gateway.statusPort().isPresent()) {
        System.out.println("running, process " + gateway.process().get().pid());
        return ExitCode.OK;
      }
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return ended(gateway.consoleLog(), process.exitValue());
      }
    }
    System.err.println(
        "kete: no answer after " + waitSeconds + " s; it may still be starting, see kete status");
    return ExitCode.FAILED;
  }

  /**
   * A session of its own, so that neither Ctrl-C nor the end of the terminal reaches the gateway.
   */
  private static Process launch(Installation gateway) throws IOException {
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

  private static int ended(Path log, int exitValue) throws IOException {
    List<String> lines = Files.readAllLines(log);
    System.err.println("kete: the gateway ended with exit code " + exitValue + ":");
    lines.stream().skip(Math.max(0, lines.size() - 5)).forEach(System.err::println);
    return ExitCode.FAILED;
  }
}
