// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import io.kete.cli.PolicyFile.BadFileException;
import io.kete.policy.cms.document.Decision;
import io.kete.policy.cms.document.PolicyDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = {
      "Reads a policy document as a gateway would, and explains what happens to channels.",
      "A document that is refused, or with --strict one with warnings, gives exit code 1."
    },
    mixinStandardHelpOptions = true)
final class PolicyCheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The document.")
  private Path file;

  @Option(
      names = "--sample",
      arity = "1..*",
      paramLabel = "ASSET/CHANNEL",
      converter = SampleArgument.Reader.class,
      description =
          "Channels to explain; ASSET/CHANNEL=INPUT+INPUT for one that a model derives from others.")
  private List<SampleArgument> samples = new ArrayList<>();

  @Option(names = "--strict", description = "Warnings are failures.")
  private boolean strict;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      PolicyFile policy = PolicyFile.read(file);
      List<String> warnings = warnings(policy.document());
      out.println(json ? json(policy, warnings) : text(policy, warnings));
      out.flush();
      return strict && !warnings.isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    } catch (BadFileException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private static List<String> warnings(PolicyDocument document) {
    List<String> warnings = new ArrayList<>(document.warnings());
    if (document.expired(Instant.now())) {
      warnings.add("has expired at " + document.validUntil().orElseThrow());
    }
    if (document.early(Instant.now())) {
      warnings.add("is not valid before " + document.validFrom().orElseThrow());
    }
    return warnings;
  }

  private String text(PolicyFile policy, List<String> warnings) {
    PolicyDocument document = policy.document();
    List<String> lines = new ArrayList<>();
    lines.add(
        "version %d, %d rules, default %s, digest %s"
            .formatted(
                document.version(),
                document.rules().size(),
                PolicyFile.shown(document.defaultAction()),
                document.digest()));
    warnings.forEach(warning -> lines.add("  ! " + warning));
    for (SampleArgument sample : samples) {
      Decision decision = policy.decide(sample);
      lines.add(
          "%-32s %-36s %s".formatted(sample, PolicyFile.shown(decision.action()), decision.why()));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private String json(PolicyFile policy, List<String> warnings) {
    JsonArray reported = new JsonArray();
    warnings.forEach(reported::add);
    JsonArray channels = new JsonArray();
    for (SampleArgument sample : samples) {
      Decision decision = policy.decide(sample);
      channels.add(
          new JsonObject()
              .add("channel", sample.toString())
              .add("treatment", decision.treatment().name())
              .add("action", PolicyFile.shown(decision.action()))
              .add("why", decision.why()));
    }
    return Json.object()
        .add("version", policy.document().version())
        .add("digest", policy.document().digest())
        .add("warnings", reported)
        .add("channels", channels)
        .toString();
  }
}
