// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What orders from a repository have in common. */
@Command(
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done; with a set of packages: all of it works",
      "1:Not done, the message says why; what ran before runs",
      "2:Wrong options",
      "3:No gateway is running"
    })
final class RepositoryOptions {

  private static final String PACKAGE = "package ";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--repository",
      paramLabel = "URL",
      defaultValue = "",
      description =
          "Address of the repository: http://, https:// or a folder; default: repository.url of the"
              + " gateway.")
  private String repository;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long to wait for the outcome; default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(names = "--json", description = "Print the outcome as JSON; progress is left out.")
  private boolean json;

  /** Gives an order and tells what came of it. */
  int run(Installation gateway, String what, List<String> packages) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (gateway.process().isEmpty()) {
      return failed(
          ExitCode.NOT_RUNNING,
          "no gateway is running with " + gateway.data() + "; see kete start");
    }
    List<String> lines = new ArrayList<>();
    try {
      Optional<RepositoryOrder.Outcome> outcome =
          new RepositoryOrder(gateway, line -> heard(line, lines, out))
              .run(what, packages, address(), waitSeconds);
      if (outcome.isEmpty()) {
        return failed(
            ExitCode.FAILED,
            "no outcome after " + waitSeconds + " s; the order stays, see its log");
      }
      if (!outcome.get().good()) {
        return failed(ExitCode.FAILED, outcome.get().message());
      }
      told(outcome.get(), lines, what.equals("list"), out);
      return ExitCode.OK;
    } catch (IOException e) {
      return failed(ExitCode.FAILED, "the order cannot be given to the gateway: " + e.getMessage());
    }
  }

  /** Says why it was not done, on standard error; programs get it as an object, too. */
  private int failed(int code, String message) {
    if (json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(asJson(new RepositoryOrder.Outcome(false, message), List.of()));
      out.flush();
    }
    spec.commandLine().getErr().println("kete: not done: " + message);
    return code;
  }

  private void heard(String line, List<String> lines, PrintWriter out) {
    lines.add(line);
    if (!json && !line.startsWith(PACKAGE)) {
      out.println(line);
      out.flush();
    }
  }

  /** A folder of this machine is named by its path. */
  private String address() {
    if (repository.isEmpty() || repository.contains("://") || repository.startsWith("file:")) {
      return repository;
    }
    Path folder = Path.of(repository).toAbsolutePath().normalize();
    URI uri = folder.toUri();
    return Files.isDirectory(folder) ? uri.toString() : repository;
  }

  private void told(
      RepositoryOrder.Outcome outcome, List<String> lines, boolean list, PrintWriter out) {
    if (json) {
      out.println(asJson(outcome, lines));
    } else if (list) {
      out.printf("%-36s %-12s %s%n", "PACKAGE", "INSTALLED", "AVAILABLE");
      for (String[] each : packages(lines)) {
        out.printf("%-36s %-12s %s%n", each[1], each[2], each[3]);
      }
    } else {
      out.println(outcome.message());
    }
    out.flush();
  }

  private static List<String[]> packages(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(PACKAGE))
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length == 4)
        .toList();
  }

  static String asJson(RepositoryOrder.Outcome outcome, List<String> lines) {
    JsonArray packages = new JsonArray();
    for (String[] each : packages(lines)) {
      JsonObject one = new JsonObject().add("name", each[1]);
      one.add("installed", each[2].equals("-") ? Json.NULL : Json.value(each[2]));
      one.add("available", each[3].equals("-") ? Json.NULL : Json.value(each[3]));
      packages.add(one);
    }
    return new JsonObject()
        .add("done", outcome.good())
        .add("message", outcome.message())
        .add("packages", packages)
        .toString();
  }
}
