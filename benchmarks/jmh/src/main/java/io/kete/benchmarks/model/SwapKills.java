// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.model.runtime.gate.Stage;
import io.kete.policy.cms.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Kills a gateway at each step of the life of a model: while the next version comes in, is compared
 * and serves through its probation; while a bad one gives way to the one before it; and while the
 * one that served is restored. After each kill one known-good version has to serve at once, and
 * what was going on has to come to its end.
 */
public final class SwapKills {

  private static final int HELD_SECONDS = 30;

  /** What is done; where it begins, what the child does, and which version serves in the end. */
  private enum Operation {
    UPDATE("first", "update", "2.0.0"),
    RETURN("first", "return", "1.0.0"),
    RESTORE("second", "update", "2.0.0");

    private final String template;
    private final String word;
    private final String end;

    Operation(String template, String word, String end) {
      this.template = template;
      this.word = word;
      this.end = end;
    }
  }

  private final Path folder;
  private final boolean once;
  private final Identity authority = Identity.ec("kill authority");
  private final Set<String> seen = new LinkedHashSet<>();
  private final List<String> faults = new ArrayList<>();
  private final Set<String> chosen = new HashSet<>();
  private int kills;

  private SwapKills(Path folder, boolean once) {
    this.folder = folder;
    this.once = once;
  }

  /**
   * Runs the proof.
   *
   * @param arguments working folder; {@code all}, or {@code once} for one kill a step however often
   *     it is reached
   */
  public static void main(String[] arguments) throws Exception {
    SwapKills proof = new SwapKills(Path.of(arguments[0]), arguments[1].equals("once"));
    proof.prepare();
    for (Operation operation : Operation.values()) {
      List<String> steps = proof.steps(operation);
      for (String step : steps) {
        proof.kill(operation, step);
      }
    }
    System.exit(proof.verdict() ? 0 : 1);
  }

  /** Two gateways as they are left in order: with the first version, and with the second. */
  private void prepare() throws Exception {
    for (String name : List.of("first", "second")) {
      Path root = folder.resolve(name);
      authority.store(root.resolve("anchors/model/kill.pem"));
      drop(root, ZooModel.of(1));
      run(root, "first");
    }
    drop(folder.resolve("second"), ZooModel.of(2));
    run(folder.resolve("second"), "update");
  }

  private void run(Path root, String word) throws Exception {
    try (Killed child = Killed.start(root).go()) {
      String ready = child.next();
      child.order(word);
      String done = child.next();
      if (!done.startsWith("DONE")) {
        throw new IllegalStateException(word + " without a kill: " + ready + ", " + done);
      }
    }
  }

  /** Puts a model where dropped ones are looked for. */
  private void drop(Path root, ZooModel model) throws IOException {
    Path file = root.resolve("data/dropin/models/dropped.jar");
    Files.createDirectories(file.getParent());
    model.write(file, Optional.of(authority));
  }

  private Path copy(Operation operation) throws IOException {
    Path root = folder.resolve("run-" + kills + "-" + operation);
    Path from = folder.resolve(operation.template);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = root.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    if (operation == Operation.UPDATE) {
      drop(root, ZooModel.of(2));
    } else if (operation == Operation.RETURN) {
      drop(root, ZooModel.of(2).model(Onnx.drifting(2)));
    }
    return root;
  }

  /** Starts the operation; a restoration is the start itself. */
  private static void begin(Killed child, Operation operation, Optional<String> step)
      throws Exception {
    if (operation == Operation.RESTORE) {
      child.steps().begin(step);
      child.go();
    } else {
      child.go();
      child.next();
      child.steps().begin(step);
      child.order(operation.word);
    }
  }

  /** The steps that are reached without a kill, in their order. */
  private List<String> steps(Operation operation) throws Exception {
    List<String> reached;
    try (Killed child = Killed.start(copy(operation))) {
      begin(child, operation, Optional.empty());
      String said = child.next();
      if (!said.endsWith(" " + operation.end + " " + operation.end)) {
        faults.add(operation + " without a kill: " + said);
      }
      reached = child.steps().reached();
    }
    seen.addAll(reached);
    return once
        ? reached.stream().filter(step -> chosen.add(step.replaceAll(" #.*", ""))).toList()
        : reached;
  }

  private void kill(Operation operation, String step) throws Exception {
    kills++;
    Path root = copy(operation);
    int before = faults.size();
    String where = operation + " at " + step + ": ";
    try (Killed child = Killed.start(root)) {
      begin(child, operation, Optional.of(step));
      if (!child.steps().isHeld(HELD_SECONDS)) {
        faults.add(where + "the step was not reached");
      } else if (operation != Operation.RESTORE) {
        child.order("probe");
        String said = child.next();
        if (!said.matches("PROBE [12]\\.0\\.0 [12]\\.0\\.0")) {
          faults.add(where + "while it stands still " + said);
        }
      }
    }
    try (Killed child = Killed.start(root).go()) {
      String said = child.next();
      if (!said.matches("READY ([12])\\.0\\.0 \\1\\.0\\.0")) {
        faults.add(where + "after the restart " + said);
      }
      child.order(operation.word);
      String done = child.next();
      if (!done.endsWith(" " + operation.end + " " + operation.end)) {
        faults.add(where + "in the end " + done);
      }
    }
    leftOvers(root).forEach(file -> faults.add(where + file + " is left over"));
    boolean good = faults.size() == before;
    System.out.printf("%-6s %-7s %s%n", good ? "good" : "FAULT", operation, step);
  }

  private static List<String> leftOvers(Path root) throws IOException {
    Path data = root.resolve("data");
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .map(file -> data.relativize(file).toString())
          .filter(file -> file.matches("(models|dropin)/.*(\\.new|\\.part).*|dropin/models/.+"))
          .toList();
    }
  }

  /** Stages that no operation reached; DISCOVERED and REJECTED are told by other names below. */
  private List<String> neverReached() {
    List<String> missing = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      String told =
          switch (stage) {
            case DISCOVERED -> "Catalogue.put";
            default -> "Journal.note .*" + stage;
          };
      if (seen.stream().noneMatch(step -> step.matches(told + " .*"))) {
        missing.add(stage.name());
      }
    }
    Steps.METHODS.forEach(
        (type, methods) -> {
          for (String method : methods) {
            String name = type.substring(type.lastIndexOf('.') + 1) + "." + method + " ";
            if (seen.stream().noneMatch(step -> step.startsWith(name))) {
              missing.add(name.strip());
            }
          }
        });
    return missing;
  }

  private boolean verdict() {
    faults.forEach(fault -> System.out.println("fault: " + fault));
    List<String> missing = neverReached();
    boolean holds = faults.isEmpty() && missing.isEmpty();
    long steps = seen.stream().map(step -> step.replaceAll(" #.*", "")).distinct().count();
    System.out.printf(
        "%s swap-kill-table: %d kills at %d steps, never reached %s, %d faults; bound: none never"
            + " reached, no fault: after each kill one known-good version serves at once and what was"
            + " going on comes to its end%n",
        holds ? "PROVED" : "FAILED", kills, steps, missing, faults.size());
    return holds;
  }
}
