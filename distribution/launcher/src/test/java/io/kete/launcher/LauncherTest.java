// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

  @TempDir Path home;

  @BeforeEach
  void installation() throws IOException {
    Files.createDirectories(home.resolve("bundles"));
    Files.writeString(home.resolve("bundles/a.jar"), "");
    list("# comment", "", "2 a.jar");
  }

  @Test
  void readsTheStartList() throws LaunchException {
    StartList list = StartList.read(home);
    assertThat(list.entries())
        .containsExactly(new StartList.Entry(2, home.resolve("bundles/a.jar")));
    assertThat(list.lastLevel()).isEqualTo(2);
  }

  @Test
  void namesFileAndLineOfABrokenStartList() throws IOException {
    list("2 a.jar", "two a.jar");
    failsWith("start.list line 2", "two a.jar");
    list("2 missing.jar");
    failsWith("start.list line 1", "no bundle missing.jar");
    list("2 ../../outside.jar");
    failsWith("start.list line 1", "outside.jar");
  }

  @Test
  void refusesASecondGatewayOnTheSameData() throws LaunchException, IOException {
    Path data = home.resolve("data");
    try (DataDirectory first = DataDirectory.lock(data)) {
      assertThat(first.log()).isDirectory();
      assertThat(data.resolve("run/kete.pid"))
          .content()
          .isEqualToIgnoringNewLines(Long.toString(ProcessHandle.current().pid()));
      assertThatExceptionOfType(LaunchException.class)
          .isThrownBy(() -> DataDirectory.lock(data))
          .withMessageContaining("running with " + data);
    }
    assertThat(data.resolve("run/kete.pid")).doesNotExist();
    DataDirectory.lock(data).close();
  }

  @Test
  void removesWhatAKilledProcessLeftInTheTemporaryDirectory() throws LaunchException, IOException {
    Path left = home.resolve("data/tmp/onnx/lib.so");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "x");
    DataDirectory.lock(home.resolve("data")).close();
    assertThat(home.resolve("data/tmp")).isEmptyDirectory();
  }

  @Test
  void explainsWrongOptions() {
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> LaunchOptions.parse("--hom", "x"))
        .withMessageContaining("--hom")
        .withMessageContaining("--home DIR");
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> LaunchOptions.parse("--home"))
        .withMessageContaining("needs a directory");
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> LaunchOptions.parse("--home", home.resolve("bundles").toString()))
        .withMessageContaining("not a Kete installation");
  }

  @Test
  void endsWithAnErrorWhenTheGatewayWasRefused() {
    assertThat(Launcher.outcome()).isZero();
    System.setProperty(Launcher.REFUSED, "its secret is a known default");
    try {
      assertThat(Launcher.outcome()).isEqualTo(1);
    } finally {
      System.clearProperty(Launcher.REFUSED);
    }
  }

  private void list(String... lines) throws IOException {
    Files.writeString(home.resolve(StartList.FILE), String.join("\n", lines) + "\n");
  }

  private void failsWith(String... parts) {
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> StartList.read(home))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }
}
