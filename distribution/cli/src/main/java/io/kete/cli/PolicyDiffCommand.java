// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import io.kete.cli.PolicyFile.BadFileException;
import io.kete.policy.cms.document.PolicyDocument;
import io.kete.policy.cms.document.Rule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "diff",
    description = {
      "Tells what differs between two policy documents in meaning, not in layout.",
      "Exit code 0: they mean the same; 1: they differ, or one of them is refused."
    },
    mixinStandardHelpOptions = true)
final class PolicyDiffCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "The former document.")
  private Path former;

  @Parameters(index = "1", paramLabel = "NEW", description = "The other document.")
  private Path other;

  @Option(
      names = "--sample",
      arity = "1..*",
      paramLabel = "ASSET/CHANNEL",
      converter = SampleArgument.Reader.class,
      description = "Also tell for these channels what changes.")
  private List<SampleArgument> samples = new ArrayList<>();

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      PolicyFile before = PolicyFile.read(former);
      PolicyFile after = PolicyFile.read(other);
      List<String> changes = changes(lines(before.document()), lines(after.document()));
      samples.forEach(sample -> addSample(changes, sample, before, after));
      if (json) {
        JsonArray array = new JsonArray();
        changes.forEach(array::add);
        out.println(Json.object().add("changes", array));
      } else {
        changes.forEach(out::println);
      }
      out.flush();
      return changes.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    } catch (BadFileException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private static void addSample(
      List<String> changes, SampleArgument sample, PolicyFile before, PolicyFile after) {
    String was = PolicyFile.shown(before.decide(sample).action());
    String is = PolicyFile.shown(after.decide(sample).action());
    if (!was.equals(is)) {
      changes.add("~ " + sample + ": " + was + " -> " + is);
    }
  }

  private static List<String> changes(List<String> before, List<String> after) {
    List<String> changes = new ArrayList<>();
    before.stream().filter(line -> !after.contains(line)).forEach(line -> changes.add("- " + line));
    after.stream().filter(line -> !before.contains(line)).forEach(line -> changes.add("+ " + line));
    return changes;
  }

  /** The document as sentences, one for each thing that can change alone. */
  private static List<String> lines(PolicyDocument document) {
    List<String> lines = new ArrayList<>();
    lines.add("version " + document.version());
    document.validFrom().ifPresent(from -> lines.add("valid from " + from));
    document.validUntil().ifPresent(until -> lines.add("valid until " + until));
    lines.add("default " + PolicyFile.shown(document.defaultAction()));
    new TreeMap<>(document.recipients())
        .forEach((name, files) -> lines.add("recipient " + name + " " + files));
    new TreeSet<>(document.revoked()).forEach(print -> lines.add("revoked " + print));
    new TreeMap<>(document.classes())
        .forEach(
            (name, patterns) ->
                patterns.forEach(
                    pattern ->
                        lines.add(
                            "class %s has %s/%s"
                                .formatted(
                                    name,
                                    pattern.asset().pattern(),
                                    pattern.channel().pattern()))));
    int number = 1;
    for (Rule rule : document.rules()) {
      lines.add(number++ + ". " + rule(rule));
    }
    return lines;
  }

  private static String rule(Rule rule) {
    return "%s/%s%s: %s%s (%s)"
        .formatted(
            rule.asset().pattern(),
            rule.channel().pattern(),
            rule.dataClass().map(name -> " of class " + name).orElse(""),
            PolicyFile.shown(rule.action()),
            rule.derived() ? ", derived values too" : "",
            rule.name());
  }
}
