// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "install",
    description =
        "Hands a model bundle to the running gateway and tells what became of it: served, installed or refused.",
    mixinStandardHelpOptions = true)
final class ModelInstallCommand implements Callable<Integer> {

  private static final long LOOK_MILLIS = 200;

  @ParentCommand private ModelCommand model;

  @Parameters(paramLabel = "FILE", description = "A model bundle, see docs/model.md.")
  private Path file;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the outcome; default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Mixin private Answer answer;

  @Override
  public Integer call() throws InterruptedException {
    Installation gateway = model.installation();
    Optional<ProcessHandle> process = gateway.process();
    if (process.isEmpty()) {
      return answer.failed(
          ExitCode.NOT_RUNNING,
          "no gateway is running with " + gateway.data() + "; see kete start");
    }
    try {
      ModelJar jar = ModelJar.read(file);
      String name = jar.model() + "-" + jar.digest().substring(0, 12) + ".jar";
      Path dropped = hand(gateway.data().resolve("dropin"), name);
      return await(gateway, process.get(), jar, dropped);
    } catch (IOException e) {
      return answer.failed(ExitCode.FAILED, "cannot install " + file + ": " + e.getMessage());
    }
  }

  /** Copies beside the place and then moves, so that the gateway never sees half a file. */
  private Path hand(Path dropin, String name) throws IOException {
    Path folder = dropin.resolve("models");
    Files.createDirectories(folder);
    Files.deleteIfExists(reason(dropin, name));
    Path unfinished = folder.resolve(name + ".part");
    Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path reason(Path dropin, String name) {
    return dropin.resolve("rejected").resolve(name + ".reason");
  }

  private int await(Installation gateway, ProcessHandle process, ModelJar jar, Path dropped)
      throws IOException, InterruptedException {
    Path reason = reason(gateway.data().resolve("dropin"), dropped.getFileName().toString());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
    do {
      if (Files.exists(reason)) {
        return answer.failed(
            ExitCode.FAILED, "refused: " + jar + ": " + Files.readString(reason).strip());
      }
      if (!Files.exists(dropped) && !Files.exists(reason)) {
        Optional<Integer> outcome = outcome(gateway, jar);
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
      if (hasEnded(process)) {
        return answer.failed(ExitCode.FAILED, "the gateway ended before it was done with " + jar);
      }
    } while (System.nanoTime() < end);
    List<String> said = new ArrayList<>();
    said.add("no outcome for " + jar + " after " + waitSeconds + " s");
    said.addAll(status(gateway).map(ModelSlots::problems).orElse(List.of()));
    return answer.failed(ExitCode.FAILED, String.join(System.lineSeparator(), said));
  }

  private static boolean hasEnded(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  /** What the slots of the model did with it; empty as long as one has not decided. */
  private Optional<Integer> outcome(Installation gateway, ModelJar jar)
      throws InterruptedException {
    if (gateway.statusPort().isEmpty()) {
      told(
          jar,
          ExitCode.OK,
          List.of("installed: " + jar + "; the status page is off, see the log for the rest"));
      return Optional.of(ExitCode.OK);
    }
    Optional<JsonObject> status = status(gateway);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    Optional<Integer> code = outcome(status.get(), jar, lines::add);
    code.ifPresent(c -> told(jar, c, lines));
    return code;
  }

  private void told(ModelJar jar, int code, List<String> lines) {
    JsonArray outcome = new JsonArray();
    lines.forEach(outcome::add);
    answer.give(
        new JsonObject()
            .add("state", code == ExitCode.OK ? "installed" : "refused")
            .add("model", jar.model())
            .add("version", jar.version())
            .add("digest", jar.digest())
            .add("outcome", outcome),
        String.join(System.lineSeparator(), lines));
  }

  static Optional<Integer> outcome(
      JsonObject status, ModelJar jar, java.util.function.Consumer<String> told) {
    List<String> lines = new ArrayList<>();
    int code = ExitCode.OK;
    for (ModelSlots.Slot slot : ModelSlots.of(status, jar.model())) {
      String pin = slot.text("pin");
      Optional<String> refusal = slot.refusal(jar);
      if (slot.serves(jar)) {
        lines.add("slot " + slot.name() + " serves " + jar);
      } else if (!pin.isEmpty() && !pin.equals(jar.version())) {
        lines.add("slot " + slot.name() + " is pinned to " + pin + "; installed, not serving");
      } else if (refusal.isPresent()) {
        lines.add("slot " + slot.name() + " refused " + jar + ": " + refusal.get());
        code = ExitCode.FAILED;
      } else {
        return Optional.empty();
      }
    }
    if (lines.isEmpty()) {
      lines.add("installed: " + jar + "; no slot is configured for " + jar.model());
    }
    lines.forEach(told);
    return Optional.of(code);
  }

  private static Optional<JsonObject> status(Installation gateway) throws InterruptedException {
    Optional<Integer> port = gateway.statusPort();
    if (port.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(new StatusClient().json(port.get())).asObject());
    } catch (IOException | ParseException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
