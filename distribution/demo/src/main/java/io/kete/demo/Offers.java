// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Offers models to the running gateway with {@code kete model install}, one after the other, each
 * at its time. For one thread.
 */
final class Offers implements AutoCloseable {

  private final Plan plan;
  private final RunDirectory directory;
  private final List<String> waiting = new ArrayList<>(Plan.MODELS_OFFERED);
  private final List<String> said = new ArrayList<>();
  private Optional<Child> command = Optional.empty();

  Offers(Plan plan, RunDirectory directory) {
    this.plan = plan;
    this.directory = directory;
  }

  /** Offers the next model if it is due and the one before is decided. */
  void step(boolean due) throws IOException {
    if (command.isEmpty()) {
      if (due && !waiting.isEmpty()) {
        command = Optional.of(offer(waiting.remove(0)));
      }
    } else if (!command.get().isAlive()) {
      said.addAll(Files.readAllLines(command.get().log()));
      command = Optional.empty();
    }
  }

  private Child offer(String version) throws IOException {
    List<String> line =
        List.of(
            plan.home().resolve("bin/kete").toString(),
            "model",
            "install",
            "--data",
            directory.gateway().toString(),
            directory.model(version).toString());
    Map<String, String> environment = Map.of("KETE_JAVA", Child.javaCommand().toString());
    return Child.start("model-" + version, line, environment, directory);
  }

  /** How many were offered so far. */
  int offered() {
    return Plan.MODELS_OFFERED.size() - waiting.size();
  }

  /** Whether the gateway has decided about all of them. */
  boolean isDone() {
    return waiting.isEmpty() && command.isEmpty();
  }

  /** What the command said about them. */
  List<String> said() {
    return List.copyOf(said);
  }

  @Override
  public void close() {
    command.ifPresent(Child::close);
  }
}
