// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself; its subcommands do the work. */
@Command(
    name = "kete",
    description = "Starts, stops and looks at a Kete gateway on this machine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StartCommand.class,
      StopCommand.class,
      StatusCommand.class,
      BufferCommand.class,
      ModelCommand.class,
      InstallCommand.class,
      UpdateCommand.class,
      ListCommand.class,
      PackageCommand.class,
      PolicyCommand.class,
      UnsealCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DoctorCommand.class,
      ProvisionCommand.class,
      RunHelp.class,
      DemoHelp.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and all is well",
      "1:not done, or something is wrong; the message says what",
      "2:wrong options; nothing was done",
      "3:no gateway is running with this data directory"
    })
public final class Kete {

  @Option(names = "--home", hidden = true, scope = ScopeType.INHERIT)
  private @Nullable Path home;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Data directory of the gateway; default: the environment variable KETE_DATA, else 'data'"
              + " in the installation.")
  private @Nullable Path data;

  private Kete() {}

  /** Runs the command line. */
  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  /** Runs the command line and prints to these writers; gives the exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return commandLine().setOut(out).setErr(err).execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Kete())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  Installation installation() {
    Path installed = (home == null ? Path.of("") : home).toAbsolutePath().normalize();
    String fromEnvironment = System.getenv("KETE_DATA");
    Path chosen =
        data != null
            ? data
            : fromEnvironment != null && !fromEnvironment.isBlank()
                ? Path.of(fromEnvironment)
                : installed.resolve("data");
    return new Installation(installed, real(chosen.toAbsolutePath().normalize()));
  }

  /**
   * In the package of Debian the data directory is a link; what is asked about is where it leads.
   */
  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException notThere) {
      return directory;
    }
  }
}
