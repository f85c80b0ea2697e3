// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import io.kete.cli.doctor.Doctor;
import io.kete.cli.doctor.Finding;
import io.kete.cli.doctor.Finding.State;
import io.kete.cli.doctor.Site;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description =
        "Looks at clock, disk, memory, ports, broker, certificates, policy, configuration and Java"
            + " and says what to do. Changes nothing; the gateway may run or not.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is wrong",
      "1:something failed",
      "2:wrong options",
      "4:there are warnings only"
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  static final int WARNINGS = 4;

  @Spec private CommandSpec spec;

  @ParentCommand private Kete kete;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Installation gateway = kete.installation();
    Site site =
        new Site(
            gateway.home(),
            gateway.data(),
            gateway.process().map(ProcessHandle::pid),
            status(gateway));
    List<Finding> findings = Doctor.of(site, Path.of("/"), Clock.systemUTC()).look();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(findings));
    } else {
      findings.forEach(finding -> out.println(text(finding)));
    }
    out.flush();
    return exitCode(findings);
  }

  private static Optional<String> status(Installation gateway) throws InterruptedException {
    Optional<Integer> port = gateway.statusPort();
    if (gateway.process().isEmpty() || port.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new StatusClient().json(port.get()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static int exitCode(List<Finding> findings) {
    if (findings.stream().anyMatch(finding -> finding.state() == State.FAIL)) {
      return ExitCode.FAILED;
    }
    return findings.stream().anyMatch(finding -> finding.state() == State.WARN)
        ? WARNINGS
        : ExitCode.OK;
  }

  static String text(Finding finding) {
    String line =
        "%-4s %-14s %s"
            .formatted(
                finding.state().name().toLowerCase(Locale.ROOT), finding.check(), finding.what());
    return finding.advice().isEmpty()
        ? line
        : line + System.lineSeparator() + " ".repeat(20) + "-> " + finding.advice();
  }

  private static JsonObject json(List<Finding> findings) {
    JsonArray checks = new JsonArray();
    for (Finding finding : findings) {
      checks.add(
          new JsonObject()
              .add("check", finding.check())
              .add("state", finding.state().name().toLowerCase(Locale.ROOT))
              .add("what", finding.what())
              .add("advice", finding.advice()));
    }
    return new JsonObject().add("well", exitCode(findings) == ExitCode.OK).add("checks", checks);
  }
}
