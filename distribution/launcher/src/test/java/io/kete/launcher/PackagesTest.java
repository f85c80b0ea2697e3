// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagesTest {

  @TempDir private Path home;

  @BeforeEach
  void twoInstalled() throws IOException {
    write("one.dp", "old");
    write("two.dp", "old");
    Files.createDirectories(home.resolve("bundles"));
    Files.writeString(home.resolve("bundles/start.list"), "");
  }

  private void write(String file, String content) throws IOException {
    Path path = home.resolve("data/packages").resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, content);
  }

  private Packages read() throws LaunchException {
    return Packages.read(
        LaunchOptions.parse("--home", home.toString(), "--data", home.resolve("data").toString()));
  }

  private String content(String file) throws IOException {
    return Files.readString(home.resolve("data/packages").resolve(file));
  }

  private List<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("data/packages").resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aSetThatWasDecidedForIsFinished() throws Exception {
    write("set/one.dp", "new");
    write("set/two.dp", "new");
    write("set/committed", "");
    assertThat(read().trial()).isEmpty();
    assertThat(content("one.dp") + content("two.dp")).isEqualTo("newnew");
    assertThat(files("set")).isEmpty();
  }

  @Test
  void aSetThatWasNotDecidedForIsNotTouched() throws Exception {
    write("set/one.dp", "new");
    write("set/two.dp", "new");
    read();
    assertThat(content("one.dp") + content("two.dp")).isEqualTo("oldold");
  }

  @Test
  void whatIsOnTrialIsBegunWithOnceAndTogether() throws Exception {
    write("trial/one.dp", "new");
    write("trial/two.dp", "new");
    Packages first = read();
    assertThat(first.trial()).containsExactlyInAnyOrder("one", "two");
    assertThat(first.isUndecided()).isTrue();
    assertThat(read().trial()).isEmpty();
    assertThat(content("one.dp") + content("two.dp")).isEqualTo("oldold");
  }

  @Test
  void aTrialThatWasFoundGoodIsFinished() throws Exception {
    write("trial/one.dp", "new");
    write("trial/one.dp.tried", "");
    write("trial/committed", "");
    assertThat(read().trial()).isEmpty();
    assertThat(content("one.dp") + content("two.dp")).isEqualTo("newold");
  }
}
