// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Directories that wait to take the place of those of the same names in the data directory: a
 * provisioned configuration, a restored backup. Whoever is killed in between leaves the old ones or
 * the new ones, never a mixture:
 *
 * <pre>
 * pending/&lt;name&gt;/user      staged and synced: means nothing yet
 * pending/next              names the set: from the rename of this file on the set counts
 * pending/previous/user     what was replaced last
 * </pre>
 *
 * The gateway completes what waits before it starts; so does the command when no gateway runs.
 */
public final class PendingSet {

  /** What has been done; a crash may come after each of them. */
  enum Step {
    STAGED,
    SYNCED,
    FORMER_REMOVED,
    POINTER_WRITTEN,
    COMMITTED,
    SET_ASIDE,
    PUT_IN_PLACE,
    COMPLETED
  }

  private static final String FOLDER = "pending";
  private static final String NEXT = "next";
  private static final String PREVIOUS = "previous";
  private static final Pattern NAME = Pattern.compile("[a-z]+-[A-Za-z0-9]{1,80}");
  private static final int MAX_NAME = 200;

  private final Path data;
  private final Path folder;
  private final Consumer<Step> steps;

  /** What waits in a data directory. */
  public PendingSet(Path data) {
    this(data, step -> {});
  }

  /**
   * As the other one.
   *
   * @param steps hears of each step; tests end the process there
   */
  PendingSet(Path data, Consumer<Step> steps) {
    this.data = data;
    this.folder = data.resolve(FOLDER);
    this.steps = steps;
  }

  /** The name of the set that waits. */
  public Optional<String> waiting() throws IOException {
    Path next = folder.resolve(NEXT);
    if (!Files.isRegularFile(next)) {
      return Optional.empty();
    }
    String name = Files.size(next) > MAX_NAME ? "" : Files.readString(next).strip();
    if (!NAME.matcher(name).matches()) {
      throw new IOException(next + " names no set of directories; remove that file");
    }
    return Optional.of(name);
  }

  /** Where what was replaced last is kept. */
  public Path previous() {
    return folder.resolve(PREVIOUS);
  }

  /**
   * An empty directory for the next set; what an interrupted attempt left is removed.
   *
   * @param name letters, a hyphen, letters and digits
   */
  public Path stage(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name for a set: " + name);
    }
    Files.createDirectories(folder);
    Optional<String> waiting = waiting();
    try (Stream<Path> sets = Files.list(folder)) {
      for (Path set : sets.filter(Files::isDirectory).toList()) {
        String found = set.getFileName().toString();
        if (!found.equals(PREVIOUS) && !waiting.equals(Optional.of(found))) {
          delete(set);
        }
      }
    }
    if (waiting.equals(Optional.of(name))) {
      throw new IOException("the set " + name + " waits already");
    }
    return Files.createDirectory(folder.resolve(name));
  }

  /** Makes a staged set the one that counts: on the medium first, then in the pointer. */
  public void commit(String name) throws IOException {
    Path set = folder.resolve(name);
    Ownership.of(data).give(folder);
    steps.accept(Step.STAGED);
    syncAll(set);
    steps.accept(Step.SYNCED);
    delete(previous());
    steps.accept(Step.FORMER_REMOVED);
    Path unfinished = folder.resolve(NEXT + ".unfinished");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap((name + "\n").getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Ownership.of(data).give(unfinished);
    steps.accept(Step.POINTER_WRITTEN);
    Files.move(unfinished, folder.resolve(NEXT), StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
    sync(data);
    steps.accept(Step.COMMITTED);
  }

  /**
   * Puts the set that waits in its place; call it only while no gateway runs with this data.
   *
   * @return its name; empty when none waited
   */
  public Optional<String> complete() throws IOException {
    Optional<String> waiting = waiting();
    if (waiting.isEmpty()) {
      return waiting;
    }
    Path set = folder.resolve(waiting.get());
    if (Files.isDirectory(set)) {
      Files.createDirectories(previous());
      Ownership.of(data).give(previous());
      for (Path part : parts(set)) {
        replace(part);
      }
      Files.delete(set);
    }
    Files.delete(folder.resolve(NEXT));
    sync(folder);
    steps.accept(Step.COMPLETED);
    return waiting;
  }

  private void replace(Path part) throws IOException {
    Path place = data.resolve(part.getFileName());
    Path aside = previous().resolve(part.getFileName());
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      delete(aside);
      Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
      sync(data);
      steps.accept(Step.SET_ASIDE);
    }
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    sync(data);
    steps.accept(Step.PUT_IN_PLACE);
  }

  private static List<Path> parts(Path set) throws IOException {
    try (Stream<Path> parts = Files.list(set)) {
      return parts.sorted().toList();
    }
  }

  private static void syncAll(Path set) throws IOException {
    try (Stream<Path> files = Files.walk(set)) {
      for (Path file : files.toList()) {
        sync(file);
      }
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a directory with all that is in it; links are removed, not followed. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(PendingSet::deleteOne);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
