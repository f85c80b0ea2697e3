// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonArray;
import io.kete.buffer.h2.StoredStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "list",
    description = "Tells for each stream what was accepted, delivered, dropped and is still there.",
    mixinStandardHelpOptions = true)
final class BufferListCommand implements Callable<Integer> {

  @ParentCommand private BufferCommand buffer;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try {
      List<Path> streams = buffer.streams();
      JsonArray all = new JsonArray();
      StringBuilder text = new StringBuilder(BufferText.heading());
      for (Path folder : streams) {
        StoredStream stream = StoredStream.read(folder);
        String name = folder.getFileName().toString();
        all.add(BufferText.json(name, stream));
        text.append(BufferText.line(name, stream));
      }
      if (streams.isEmpty()) {
        text.append("no stream in ").append(buffer.folder()).append('\n');
      }
      System.out.print(json ? all + "\n" : text.toString());
      return ExitCode.OK;
    } catch (IOException e) {
      System.err.println("kete: the streams cannot be read: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
