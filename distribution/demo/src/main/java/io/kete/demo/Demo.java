// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code kete demo}. */
@Command(
    name = "kete demo",
    mixinStandardHelpOptions = true,
    version = "1.0.0",
    sortOptions = false,
    description = {
      "A simulated pump behind a real Modbus server, a gateway, an MQTT broker and a centre, each on its own.",
      "A model scores and is replaced by a newer one while data flows; a damaged one is refused. The link to the",
      "broker is cut for some seconds. At the end everything the centre received is compared with everything the",
      "device served, and every sample has to be scored; only that decides about the exit code."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:everything arrived, exact, each sample once, scored",
      "1:it did not, or the demo could not run",
      "2:wrong options"
    })
public final class Demo implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--home", hidden = true, description = "Directory of the installation.")
  private Path home = Path.of(".");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long, 20 to 3600; default ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where everything is written: new, empty, or a former demo's, which is emptied; default <home>/demo-run.")
  private @Nullable Path dir;

  @Option(
      names = "--broker",
      paramLabel = "URL",
      description = "Uses this broker, tcp://[user:password@]host[:port], instead of its own.")
  private @Nullable String broker;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Same seed, same pump; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--plain", description = "One line a second, also on a terminal.")
  private boolean plain;

  /** Runs it. */
  @Override
  public Integer call() {
    Plan plan = plan();
    Screen screen = Screen.forStandardOutput(plain);
    try (RunDirectory directory = take(plan.directory())) {
      return run(new DemoRun(plan, directory, screen), screen);
    } catch (IOException e) {
      System.err.println("kete demo: " + e.getMessage());
      return FAILED;
    }
  }

  private static int run(DemoRun demo, Screen screen) {
    Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "demo-stop"));
    try (demo) {
      Report report = demo.run();
      screen.print(report.lines());
      return report.holds() ? 0 : FAILED;
    } catch (InterruptedException e) {
      return FAILED;
    } catch (IOException | GeneralSecurityException | MqttException e) {
      if (demo.isStopped()) {
        return FAILED;
      }
      System.err.println("kete demo: " + (e.getMessage() == null ? e : e.getMessage()));
      demo.problems().forEach(problem -> System.err.println("  the gateway says: " + problem));
      return FAILED;
    }
  }

  private Plan plan() {
    Path installation = home.toAbsolutePath().normalize();
    if (seconds < Timeline.MIN_SECONDS || seconds > Timeline.MAX_SECONDS) {
      throw wrong(
          "--seconds has to be between "
              + Timeline.MIN_SECONDS
              + " and "
              + Timeline.MAX_SECONDS
              + ", not "
              + seconds);
    }
    if (!Files.isExecutable(installation.resolve("bin/kete"))) {
      throw wrong("--home " + installation + " is no installation of Kete: bin/kete is missing");
    }
    Path directory = dir == null ? installation.resolve("demo-run") : dir;
    return new Plan(installation, directory, seconds, brokerUrl(), seed);
  }

  private Optional<BrokerUrl> brokerUrl() {
    String url = broker;
    try {
      return url == null ? Optional.empty() : Optional.of(BrokerUrl.parse(url));
    } catch (IllegalArgumentException e) {
      throw wrong("--broker " + e.getMessage());
    }
  }

  private RunDirectory take(Path directory) throws IOException {
    try {
      return RunDirectory.take(directory);
    } catch (IllegalArgumentException e) {
      throw wrong("--dir " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    CommandLine commandLine = spec == null ? new CommandLine(this) : spec.commandLine();
    return new ParameterException(commandLine, message);
  }

  /** Ends with the exit code of the run. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Demo()).execute(args));
  }
}
