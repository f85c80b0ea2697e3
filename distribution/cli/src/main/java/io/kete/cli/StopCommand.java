// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "stop",
    description = "Stops the gateway; what is in its buffer stays there.",
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

  @ParentCommand private Kete kete;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long to wait for an orderly end; default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(
      names = "--force",
      description =
          "Kill the process when it does not end in time. Accepted data is not lost by that.")
  private boolean force;

  @Mixin private Answer answer;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Optional<ProcessHandle> running = kete.installation().process();
    if (running.isEmpty()) {
      return is("not running", ExitCode.NOT_RUNNING);
    }
    ProcessHandle process = running.get();
    Optional<SystemdUnit> unit = SystemdUnit.of(kete.installation());
    if (unit.isPresent()) {
      unit.get().order("stop");
    } else {
      process.destroy();
    }
    if (ended(process)) {
      return is("stopped", ExitCode.OK);
    }
    if (!force) {
      return answer.failed(
          ExitCode.FAILED,
          "process "
              + process.pid()
              + " is still stopping after "
              + waitSeconds
              + " s; wait, or use --force");
    }
    process.destroyForcibly();
    return ended(process)
        ? is("killed", ExitCode.OK)
        : answer.failed(ExitCode.FAILED, "process " + process.pid() + " is still there");
  }

  private int is(String state, int exitCode) {
    answer.give(new JsonObject().add("state", state), state);
    return exitCode;
  }

  private boolean ended(ProcessHandle process) throws InterruptedException, ExecutionException {
    try {
      process.onExit().get(waitSeconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
