// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.h2.StoredStream;
import io.kete.kapua.codec.KuraPayloadEncoder;
import io.kete.uplink.cloud.RecordMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.eclipse.kura.message.KuraPayload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = {
      "Writes what a stream still has to deliver as records, one file for each message as it would"
          + " be sent. Sealed readings stay sealed: kete unseal FOLDER opens them.",
      "An encrypted stream is opened with the secret of the gateway that --data names.",
      "The stream is not changed; the gateway will send the same records."
    },
    mixinStandardHelpOptions = true)
final class BufferExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private BufferCommand buffer;

  @Parameters(
      index = "0",
      paramLabel = "STREAM",
      description = "Name of the stream, or path of its directory.")
  private String name;

  @Parameters(index = "1", paramLabel = "FOLDER", description = "A new or empty folder.")
  private Path target;

  @Mixin private Answer answer;

  private long written;

  @Override
  public Integer call() {
    Path folder = buffer.stream(spec, name);
    try {
      prepare();
      StoredStream stream = StoredStream.read(folder, buffer.crypto());
      long missing = write(folder.getFileName().toString(), stream);
      return told(folder.getFileName().toString(), missing);
    } catch (IOException e) {
      return answer.failed(ExitCode.FAILED, "the export failed: " + e.getMessage());
    }
  }

  private int told(String stream, long missing) {
    answer.give(
        new JsonObject()
            .add("state", missing == 0 ? "written" : "incomplete")
            .add("stream", stream)
            .add("folder", target.toString())
            .add("records", written)
            .add("missing", missing),
        "%d records of stream %s in %s".formatted(written, stream, target));
    if (missing == 0) {
      return ExitCode.OK;
    }
    spec.commandLine()
        .getErr()
        .println(
            "kete: "
                + missing
                + " samples could not be read; if the gateway runs they may have been delivered"
                + " meanwhile, else it will report them as damaged");
    return ExitCode.FAILED;
  }

  private void prepare() throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(target)) {
      if (files.findAny().isPresent()) {
        throw new ParameterException(
            spec.commandLine(), target + " is not empty; name a new folder");
      }
    }
  }

  private long write(String stream, StoredStream stored) throws IOException {
    RecordMessages records = new RecordMessages(stream, Clock.systemUTC());
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      for (Parcel.Dropped range : stored.dropped()) {
        write(records, range, encoder);
      }
      return stored.forEach(parcel -> write(records, parcel, encoder));
    }
  }

  private void write(RecordMessages records, Parcel parcel, KuraPayloadEncoder encoder)
      throws IOException {
    for (KuraPayload payload : records.payloads(parcel)) {
      written++;
      Files.write(target.resolve("%012d.record".formatted(written)), encoder.encode(payload));
    }
  }
}
