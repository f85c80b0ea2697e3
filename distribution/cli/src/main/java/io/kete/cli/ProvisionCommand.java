// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import io.kete.cli.provision.ProvisionException;
import io.kete.cli.provision.Provisioning;
import io.kete.cli.provision.Provisioning.Outcome;
import io.kete.cli.provision.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "provision",
    description = {
      "Makes this gateway the one that a directory describes: configuration, routes, policy, trust"
          + " anchors, identity. All of it or nothing; the same once more changes nothing. The"
          + " directory is only read and may be on a removable medium.",
      "With --template it makes the directories of many gateways instead, one for each row of a"
          + " table."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:provisioned, or there was nothing to do",
      "1:refused; nothing was changed, the message says why",
      "2:wrong options"
    },
    mixinStandardHelpOptions = true)
final class ProvisionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private Kete kete;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The directory; its form is in kura-config/README.md.")
  private @Nullable Path directory;

  @Option(
      names = "--secrets",
      paramLabel = "FILE",
      description = "Secrets of this gateway, one name=value a line, beside those in DIR.")
  private @Nullable Path secrets;

  @Option(names = "--check", description = "Only tell what is wrong; change nothing.")
  private boolean check;

  @Option(
      names = "--template",
      paramLabel = "DIR",
      description = "A directory that many gateways are made of; it holds no secret.")
  private @Nullable Path template;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Table of what differs: a column 'gateway' and one for each other value.")
  private @Nullable Path csv;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the directories go, each under the name of its gateway.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try {
      if (template != null) {
        return expand(template);
      }
      if (directory == null || csv != null || out != null) {
        throw new ParameterException(
            spec.commandLine(), "Name a DIR, or --template DIR --csv FILE --out DIR.");
      }
      return provision(directory.toAbsolutePath().normalize());
    } catch (ProvisionException e) {
      return refused(e.reasons());
    }
  }

  private int provision(Path described) throws ProvisionException, IOException {
    Installation gateway = kete.installation();
    Provisioning provisioning = new Provisioning(gateway.home(), gateway.data(), Clock.systemUTC());
    Optional<Path> file = Optional.ofNullable(secrets);
    Outcome outcome =
        check ? provisioning.check(described, file) : provisioning.apply(described, file);
    print(
        new JsonObject()
            .add("state", outcome.state().name().toLowerCase(Locale.ROOT))
            .add("gateway", outcome.gateway())
            .add("digest", outcome.digest()),
        outcome.gateway() + ": " + sentence(outcome.state()));
    return ExitCode.OK;
  }

  private static String sentence(Provisioning.State state) {
    return switch (state) {
      case CHECKED -> "nothing is wrong; nothing was changed";
      case UNCHANGED -> "has this configuration already; nothing was changed";
      case APPLIED -> "provisioned; kete start starts it with that";
      case WAITING -> "a gateway is running and takes it when it is started again";
    };
  }

  private int expand(Path source) throws ProvisionException, IOException {
    if (csv == null || out == null || directory != null || secrets != null) {
      throw new ParameterException(
          spec.commandLine(), "--template needs --csv and --out, and no DIR or --secrets.");
    }
    List<String> gateways =
        new Template(source, kete.installation().home(), Clock.systemUTC())
            .expand(csv, out.toAbsolutePath().normalize());
    JsonArray names = new JsonArray();
    gateways.forEach(names::add);
    print(
        new JsonObject().add("state", "expanded").add("gateways", names),
        gateways.size() + " gateways in " + out);
    return ExitCode.OK;
  }

  private int refused(List<String> reasons) {
    if (json) {
      JsonArray all = new JsonArray();
      reasons.forEach(all::add);
      print(Json.object().add("state", "refused").add("reasons", all), "");
    } else {
      reasons.forEach(reason -> spec.commandLine().getErr().println("kete: " + reason));
    }
    return ExitCode.FAILED;
  }

  private void print(JsonObject object, String text) {
    spec.commandLine().getOut().println(json ? object.toString() : text);
    spec.commandLine().getOut().flush();
  }
}
