// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.buffer.h2.StoredStream;
import io.kete.container.security.OfflineCrypto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.kura.crypto.CryptoService;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Groups what can be done with stored streams; reads files only, so no gateway is disturbed. */
@Command(
    name = "buffer",
    description =
        "Looks at the stored streams of a gateway, whether it runs or not. Nothing is changed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BufferListCommand.class,
      BufferShowCommand.class,
      BufferExportCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
final class BufferCommand implements Runnable {

  @Spec private CommandSpec spec;

  @ParentCommand private Kete kete;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "kete buffer: which of list, show, export?");
  }

  /** Where the streams are, each in a directory with its name. */
  Path folder() {
    return kete.installation().data().resolve("buffer");
  }

  /** What opens encrypted segments of this gateway; empty when its secret is not there. */
  Optional<CryptoService> crypto() throws IOException {
    try {
      return OfflineCrypto.of(kete.installation().data().resolve("security/device.secret"));
    } catch (IllegalStateException refused) {
      throw new IOException(refused.getMessage(), refused);
    }
  }

  /** Directories of all streams, by name. */
  List<Path> streams() throws IOException {
    if (!Files.isDirectory(folder())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder())) {
      return folders.filter(BufferCommand::isStream).sorted().toList();
    }
  }

  /** The directory of one stream: a name, or a path for a stream that is kept elsewhere. */
  Path stream(CommandSpec asking, String name) {
    Path path = name.contains("/") ? Path.of(name) : folder().resolve(name);
    if (!isStream(path)) {
      throw new ParameterException(
          asking.commandLine(), "there is no stream in " + path + "; see kete buffer list");
    }
    return path;
  }

  private static boolean isStream(Path path) {
    try {
      return StoredStream.isStream(path);
    } catch (IOException e) {
      return false;
    }
  }
}
