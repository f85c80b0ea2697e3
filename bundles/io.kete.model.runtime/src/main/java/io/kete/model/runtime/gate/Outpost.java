// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.gate;

import io.kete.model.runtime.content.ModelFiles;
import io.kete.model.runtime.content.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a process of its own load and prove a model first, so that a model that breaks its process
 * or takes all its memory breaks that one and not the gateway. The process gets a folder with the
 * files and says by its exit code what became of them: 0 proved, 1 not, with the reason in a line
 * that begins with {@code refused: }.
 */
public final class Outpost {

  /**
   * Framework property: the command, its words separated by commas or blanks; the folder is added.
   */
  public static final String COMMAND = "kete.model.trial";

  private static final Logger logger = LoggerFactory.getLogger(Outpost.class);
  private static final String FOLDER = "trial-";
  private static final String OUTPUT = "output";
  private static final String REFUSED = "refused: ";
  private static final int KILLED = 137;
  private static final int SIGNALLED = 128;
  private static final int MAX_OUTPUT = 1 << 14;
  private static final int MAX_REASON = 400;

  private final List<String> command;
  private final Path folder;
  private final Duration limit;

  /**
   * @param command words of the command
   * @param folder where the files are laid out; what an earlier process left there goes away
   * @param limit longest time
   */
  public Outpost(List<String> command, Path folder, Duration limit) {
    this.command = List.copyOf(command);
    this.folder = folder;
    this.limit = limit;
  }

  /** Deletes what a killed gateway left behind; not to be called during a trial. */
  public void clean() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> left = Files.list(folder)) {
      left.filter(path -> String.valueOf(path.getFileName()).startsWith(FOLDER))
          .forEach(Outpost::delete);
    } catch (IOException e) {
      logger.warn("model_trial_left reason={}", e.getMessage());
    }
  }

  /** Returns when the model was proved out there. */
  void prove(ModelFiles files) throws IOException, RefusedException {
    Files.createDirectories(folder);
    Path work = Files.createTempDirectory(folder, FOLDER);
    try {
      put(work.resolve(ModelFiles.DESCRIPTOR), files.descriptor());
      put(work.resolve(files.file()), files.model());
      judge(run(work), work.resolve(OUTPUT));
    } finally {
      delete(work);
    }
  }

  private static void put(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = bytes.duplicate();
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  private int run(Path work) throws IOException, RefusedException {
    List<String> words = new ArrayList<>(command);
    words.add(work.toString());
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve(OUTPUT).toFile())
            .start();
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new RefusedException(
          "the process that tried it took longer than " + limit.toSeconds() + " s", true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("the gateway stops", false);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void judge(int code, Path output) throws IOException, RefusedException {
    if (code == 0) {
      return;
    }
    if (code > SIGNALLED) {
      // a kill may come from anywhere, a crash may not
      throw new RefusedException(
          "it ended the process that tried it, exit code " + code, code != KILLED);
    }
    String text = text(output);
    for (String line : text.lines().toList()) {
      if (line.startsWith(REFUSED)) {
        throw new RefusedException(line.substring(REFUSED.length()), true);
      }
    }
    throw new RefusedException(
        "the process of " + COMMAND + " failed with exit code " + code + ": " + text.strip(),
        false);
  }

  private static String text(Path output) throws IOException {
    try (var in = Files.newInputStream(output)) {
      String text = new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
      return text.substring(0, Math.min(text.length(), MAX_REASON));
    }
  }

  private static void delete(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      logger.warn("model_trial_left folder={} reason={}", root.getFileName(), e.getMessage());
    }
  }
}
