// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command tells: text for people, or with {@code --json} one object for programs. */
final class Answer {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  /** Whether programs listen. */
  boolean isJson() {
    return json;
  }

  /** Prints the outcome, the last thing a command says. */
  void give(JsonValue object, String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? object.toString() : text);
    out.flush();
  }

  /** Prints what goes on meanwhile; programs do not want it. */
  void progress(String text) {
    if (!json) {
      spec.commandLine().getOut().println(text);
      spec.commandLine().getOut().flush();
    }
  }

  /** Prints why it was not done, on standard error; programs get it as an object, too. */
  int failed(int exitCode, String message) {
    if (json) {
      give(new JsonObject().add("state", "failed").add("reason", message), "");
    }
    spec.commandLine().getErr().println("kete: " + message);
    spec.commandLine().getErr().flush();
    return exitCode;
  }
}
