// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.buffer.h2.StoredStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    description = "Tells what one stream holds: its account, dropped ranges and files.",
    mixinStandardHelpOptions = true)
final class BufferShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private BufferCommand buffer;

  @Parameters(paramLabel = "STREAM", description = "Name of the stream, or path of its directory.")
  private String name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Path folder = buffer.stream(spec, name);
    try {
      StoredStream stream = StoredStream.read(folder);
      System.out.print(
          json ? BufferText.json(name, stream) + "\n" : BufferText.details(name, stream));
      return ExitCode.OK;
    } catch (IOException e) {
      System.err.println("kete: " + folder + " cannot be read: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
