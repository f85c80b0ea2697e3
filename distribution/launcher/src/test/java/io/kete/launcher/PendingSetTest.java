// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PendingSetTest {

  private static final String NAME = "restore-1";

  /** Two parts are replaced, each in two steps. */
  private static final int STEPS = PendingSet.Step.values().length + 2;

  private static final int COMMITTED = 5;

  @TempDir Path data;

  @BeforeEach
  void former() throws IOException {
    write(data, "user/a", "old");
    write(data, "buffer/b", "old");
    write(data, "log/c", "stays");
  }

  @Test
  void replacesOnlyWhatTheSetHasAndKeepsTheFormer() throws IOException {
    write(data, "user/only-old", "old");
    List<PendingSet.Step> steps = new ArrayList<>();
    apply(new PendingSet(data, steps::add));
    assertThat(steps).hasSize(STEPS);
    assertThat(steps.get(COMMITTED - 1)).isEqualTo(PendingSet.Step.COMMITTED);
    assertThat(state()).containsExactly("new", "new");
    assertThat(data.resolve("user/only-old")).doesNotExist();
    assertThat(data.resolve("log/c")).hasContent("stays");
    assertThat(new PendingSet(data).previous().resolve("user/only-old")).hasContent("old");
    assertThat(new PendingSet(data).waiting()).isEmpty();
    assertThat(new PendingSet(data).complete()).isEmpty();
  }

  @Test
  void aGatewayTakesWhatWaitsWhenItStarts() throws IOException, LaunchException {
    PendingSet set = new PendingSet(data);
    stage(set);
    assertThat(state()).containsExactly("old", "old");
    DataDirectory.lock(data).close();
    assertThat(state()).containsExactly("new", "new");
  }

  @Test
  void theLastSetThatWaitsCounts() throws IOException {
    PendingSet set = new PendingSet(data);
    stage(set);
    Path other = set.stage("provision-2");
    write(other, "user/a", "newest");
    set.commit("provision-2");
    assertThat(set.complete()).isEqualTo(Optional.of("provision-2"));
    assertThat(state()).containsExactly("newest", "old");
  }

  @Test
  void refusesAPointerThatLeadsElsewhere() throws IOException {
    write(data, "pending/next", "../../etc");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new PendingSet(data).complete())
        .withMessageContaining("remove that file");
    assertThat(state()).containsExactly("old", "old");
  }

  static IntStream steps() {
    return IntStream.rangeClosed(1, STEPS);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aKillAtAnyStepLeavesAllOfTheOldOrAllOfTheNew(int step) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process killed =
        new ProcessBuilder(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                data.toString(),
                Integer.toString(step))
            .redirectError(new File("/dev/null"))
            .start();
    assertThat(killed.waitFor()).isEqualTo(Child.KILLED);
    new PendingSet(data).complete();
    String expected = step < COMMITTED ? "old" : "new";
    assertThat(state()).containsExactly(expected, expected);
    PendingSet next = new PendingSet(data);
    Path set = next.stage("provision-9");
    write(set, "user/a", "later");
    next.commit("provision-9");
    next.complete();
    assertThat(data.resolve("user/a")).hasContent("later");
  }

  /** Applies a set and ends without any cleaning up at the step it is told. */
  static final class Child {
    static final int KILLED = 99;

    private Child() {}

    public static void main(String... args) throws IOException {
      int[] left = {Integer.parseInt(args[1])};
      apply(
          new PendingSet(
              Path.of(args[0]),
              step -> {
                if (--left[0] == 0) {
                  Runtime.getRuntime().halt(KILLED);
                }
              }));
    }
  }

  private static void apply(PendingSet set) throws IOException {
    stage(set);
    set.complete();
  }

  private static void stage(PendingSet set) throws IOException {
    Path staged = set.stage(NAME);
    write(staged, "user/a", "new");
    write(staged, "buffer/b", "new");
    set.commit(NAME);
  }

  private List<String> state() throws IOException {
    return List.of(
        Files.readString(data.resolve("user/a")), Files.readString(data.resolve("buffer/b")));
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
