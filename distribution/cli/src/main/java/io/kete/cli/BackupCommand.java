// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import io.kete.cli.backup.Backup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "backup",
    description = {
      "Writes a copy of a stopped gateway into one file: configuration, policy, packages, models and"
          + " its keys.",
      "The file holds secrets: the device's secret, the signing key, keystores and with them every"
          + " password. Keep it like a key."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

  @ParentCommand private Kete kete;

  @Parameters(paramLabel = "FILE", description = "The file to write.")
  private Path file;

  @Option(
      names = "--streams",
      description =
          "Copy stored streams, too: only to move the gateway to another machine. The old one must"
              + " not run again, or numbers of samples are used twice.")
  private boolean streams;

  @Mixin private Answer answer;

  @Override
  public Integer call() {
    try {
      int files =
          new Backup(kete.installation().data(), Clock.systemUTC())
              .write(file.toAbsolutePath(), streams);
      answer.give(
          new JsonObject()
              .add("state", "written")
              .add("file", file.toString())
              .add("files", files)
              .add("streams", streams)
              .add("secrets", true),
          files + " files in " + file + "; it holds the keys of this gateway, keep it like one");
      return ExitCode.OK;
    } catch (IOException e) {
      return answer.failed(ExitCode.FAILED, "no copy was written: " + e.getMessage());
    }
  }
}
