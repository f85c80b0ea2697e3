// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import io.kete.cli.backup.Restore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "restore",
    description =
        "Makes this stopped gateway the one that was copied: all of it or nothing. What was there is"
            + " kept in pending/previous until the next time. Stored streams stay as they are, unless"
            + " the copy has them.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

  @ParentCommand private Kete kete;

  @Parameters(paramLabel = "FILE", description = "A file that kete backup wrote.")
  private Path file;

  @Option(
      names = "--max-megabytes",
      paramLabel = "N",
      defaultValue = "16384",
      description = "Most that is unpacked; default: ${DEFAULT-VALUE}.")
  private int maxMegabytes;

  @Mixin private Answer answer;

  @Override
  public Integer call() {
    try {
      int files =
          new Restore(kete.installation().data(), (long) maxMegabytes << 20)
              .read(file.toAbsolutePath());
      answer.give(
          new JsonObject().add("state", "restored").add("files", files),
          files + " files restored; kete start starts it");
      return ExitCode.OK;
    } catch (IOException e) {
      return answer.failed(ExitCode.FAILED, "not restored, nothing was changed: " + e.getMessage());
    }
  }
}
