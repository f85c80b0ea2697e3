// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * An order to a running gateway: a file in {@code dropin/repository} of its data directory. The
 * gateway writes beside it how far it is and what came of it, also after it started anew.
 */
final class RepositoryOrder {

  private static final long LOOK_MILLIS = 200;

  private final Installation gateway;
  private final Path folder;
  private final String id = UUID.randomUUID().toString();
  private final Consumer<String> told;
  private int lines;

  /** What came of it. */
  record Outcome(boolean good, String message) {}

  /**
   * An order for a gateway.
   *
   * @param told hears each line of progress once
   */
  RepositoryOrder(Installation gateway, Consumer<String> told) {
    this.gateway = gateway;
    this.folder = gateway.data().resolve("dropin/repository");
    this.told = told;
  }

  /**
   * Gives it and waits for the outcome; empty when there is none in time.
   *
   * @param packages names, each perhaps with a range
   * @param repository address; empty means the configured one
   */
  Optional<Outcome> run(String what, List<String> packages, String repository, int waitSeconds)
      throws IOException, InterruptedException {
    give(what, packages, repository);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
    while (System.nanoTime() < end) {
      Optional<Outcome> outcome = outcome();
      tell();
      if (outcome.isPresent()) {
        Files.deleteIfExists(file("progress"));
        Files.deleteIfExists(file("outcome"));
        return outcome;
      }
      if (!runsOn()) {
        return Optional.of(
            new Outcome(false, "the gateway ended; it goes on with the order at its next start"));
      }
    }
    return Optional.empty();
  }

  private Path file(String ending) {
    return folder.resolve(id + "." + ending);
  }

  /** Written beside the place and then moved, so that the gateway never sees half a file. */
  private void give(String what, List<String> packages, String repository) throws IOException {
    Properties keys = new Properties();
    keys.setProperty("what", what);
    keys.setProperty("packages", String.join(" ", packages));
    keys.setProperty("repository", repository);
    StringWriter text = new StringWriter();
    keys.store(text, null);
    Files.createDirectories(folder);
    Path unfinished = Files.writeString(file("unfinished"), text.toString());
    Files.move(unfinished, file("order"), StandardCopyOption.ATOMIC_MOVE);
  }

  private Optional<Outcome> outcome() throws IOException {
    if (!Files.exists(file("outcome")) || Files.exists(file("order"))) {
      return Optional.empty();
    }
    Properties keys = new Properties();
    keys.load(new StringReader(Files.readString(file("outcome"))));
    return Optional.of(
        new Outcome(
            Boolean.parseBoolean(keys.getProperty("good")), keys.getProperty("message", "")));
  }

  private void tell() throws IOException {
    if (Files.exists(file("progress"))) {
      List<String> all = Files.readAllLines(file("progress"));
      all.subList(Math.min(lines, all.size()), all.size()).forEach(told);
      lines = all.size();
    }
  }

  /** False when the gateway ended. */
  private boolean runsOn() throws InterruptedException {
    Optional<ProcessHandle> process = gateway.process();
    try {
      if (process.isPresent()) {
        process.get().onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      return false;
    } catch (TimeoutException | ExecutionException e) {
      return true;
    }
  }
}
