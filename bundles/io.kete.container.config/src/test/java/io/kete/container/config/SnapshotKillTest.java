// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.container.config.SnapshotDirectory.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes a snapshot is killed with SIGKILL after each named step. */
final class SnapshotKillTest {
  private static final int KEPT = 2;
  private static final String OLD = document("old");
  private static final String NEW = document("new");

  @TempDir private Path folder;

  /** The process: writes, says when it has come to the step, and waits there to be killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws Exception {
      Step last = Step.valueOf(args[2]);
      SnapshotDirectory directory =
          new SnapshotDirectory(
              Path.of(args[0]),
              KEPT,
              step -> {
                if (step == last) {
                  reached();
                }
              });
      byte[] document = NEW.getBytes(StandardCharsets.UTF_8);
      if (args[1].equals("write")) {
        directory.write(document, 30);
      } else {
        directory.replace(0, document);
      }
    }

    private static void reached() {
      System.out.println("reached");
      System.out.flush();
      try {
        while (System.in.read() >= 0) {
          // the end comes from outside
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Tag("KETE-CONF-7")
  @Test
  void afterAKillAtAnyStepThereIsTheOldOrTheNewAndNothingElse() throws Exception {
    Set<Step> reached = EnumSet.noneOf(Step.class);
    List<String> table = new ArrayList<>();
    for (String work : List.of("write", "replace")) {
      for (Step step : Step.values()) {
        if (work.equals("replace") && step == Step.PURGED) {
          continue; // nothing is purged when one takes the place of another
        }
        prepare();
        killed(work, step);
        reached.add(step);
        table.add(work + " " + step + ": " + judged(work, step));
      }
    }
    assertThat(reached).as("steps never reached").containsExactly(Step.values());
    System.out.println(
        "snapshot kill table: " + table.size() + " kills\n" + String.join("\n", table));
  }

  private void prepare() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    for (long id : new long[] {0, 10, 20}) {
      Files.writeString(folder.resolve("snapshot_" + id + ".xml"), OLD);
    }
  }

  private void killed(String work, Step step) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path", ""),
                Writer.class.getName(),
                folder.toString(),
                work,
                step.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.inputReader(StandardCharsets.UTF_8).readLine())
          .as(work + " reaches " + step)
          .isEqualTo("reached");
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** What the next start finds. */
  private String judged(String work, Step step) throws Exception {
    SnapshotDirectory directory = new SnapshotDirectory(folder, KEPT);
    directory.tidy();
    List<String> found = new ArrayList<>();
    for (long id : directory.ids()) {
      String text = directory.read(id).components().get(0).pid();
      assertThat(text).as("snapshot " + id + " after " + work + " " + step).isIn("old", "new");
      found.add(id + "=" + text);
    }
    boolean done = step.compareTo(Step.RENAMED) >= 0;
    boolean purged = step == Step.PURGED;
    List<String> expected =
        work.equals("write")
            ? expectedAfterWrite(done, purged)
            : List.of(done ? "0=new" : "0=old", "10=old", "20=old");
    assertThat(found).isEqualTo(expected);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.count()).as("no other file").isEqualTo(found.size());
    }
    return String.join(" ", found);
  }

  private static List<String> expectedAfterWrite(boolean done, boolean purged) {
    if (purged) {
      return List.of("0=old", "20=old", "30=new");
    }
    return done
        ? List.of("0=old", "10=old", "20=old", "30=new")
        : Arrays.asList("0=old", "10=old", "20=old");
  }

  private static String document(String pid) {
    return "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\"><esf:configuration pid=\""
        + pid
        + "\"/>"
        + "<!-- long -->".repeat(500)
        + "</esf:configurations>";
  }
}
