// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DemoTest {
  @TempDir Path folder;
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) throws IOException {
    Path script = Files.createDirectories(folder.resolve("home/bin")).resolve("kete");
    if (!Files.exists(script)) {
      assertThat(Files.createFile(script).toFile().setExecutable(true)).isTrue();
    }
    CommandLine command =
        new CommandLine(new Demo()).setErr(new PrintWriter(errors)).setOut(new PrintWriter(errors));
    String[] all = new String[arguments.length + 2];
    all[0] = "--home";
    all[1] = folder.resolve("home").toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return command.execute(all);
  }

  @ParameterizedTest
  @CsvSource({
    "--seconds,19,between 20 and 3600",
    "--seconds,soon,soon",
    "--broker,ssl://host:8883,TLS",
    "--broker,tcp://me@host,user:password",
    "--broker,no url,not a URL",
    "--what,x,Unknown option"
  })
  void refusesWrongOptionsAndSaysWhy(String option, String value, String why) throws IOException {
    assertThat(run(option, value)).isEqualTo(2);
    assertThat(errors.toString()).contains(why);
    assertThat(folder.resolve("home/demo-run")).doesNotExist();
  }

  @Test
  void explainsItself() throws IOException {
    assertThat(run("--help")).isZero();
    assertThat(errors.toString()).contains("--broker", "Exit codes");
  }

  @Test
  void touchesNoDirectoryThatIsNotADemos() throws IOException {
    Path precious =
        Files.writeString(
            Files.createDirectories(folder.resolve("home-of-others")).resolve("file"), "mine");
    assertThat(run("--dir", String.valueOf(precious.getParent()))).isEqualTo(2);
    assertThat(errors.toString()).contains("not a demo's");
    assertThat(precious).hasContent("mine");
  }

  @Test
  void emptiesAFormerRunAndIsAloneInIt() throws IOException {
    Path root = folder.resolve("run");
    try (RunDirectory first = RunDirectory.take(root)) {
      Files.writeString(first.truth(), "old");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RunDirectory.take(root))
          .withMessageContaining("running");
    }
    try (RunDirectory second = RunDirectory.take(root)) {
      assertThat(second.truth()).doesNotExist();
    }
  }

  @Test
  void readsUserAndPasswordFromTheUrl() {
    BrokerUrl url = BrokerUrl.parse("mqtt://me:se:cret@broker.example:2883");
    assertThat(url.host()).isEqualTo("broker.example");
    assertThat(url.port()).isEqualTo(2883);
    assertThat(url.login())
        .hasValueSatisfying(login -> assertThat(login.password()).isEqualTo("se:cret"));
    assertThat(url.toString()).doesNotContain("cret");
    assertThat(BrokerUrl.parse("tcp://broker").port()).isEqualTo(1883);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 60, 900, 3600})
  void leavesRoomForACutAndForTheDrain(int seconds) {
    for (double first : new double[] {2, 8, 15}) {
      Timeline timeline = Timeline.of(seconds, first);
      assertThat(timeline.cutAt()).isGreaterThan(first + 1);
      assertThat(timeline.mendAt() - timeline.cutAt()).isBetween(3.0 - 1e-9, 8.0);
      assertThat(timeline.stopAt()).isGreaterThan(timeline.mendAt() + 2);
    }
  }

  @Test
  void findsSecretsInAnyFileAlsoAcrossChunks() throws IOException {
    byte[] large = new byte[(1 << 20) + 100];
    byte[] secret = "OP-1234567890123".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(secret, 0, large, (1 << 20) - 8, secret.length);
    Files.write(folder.resolve("large"), large);
    Files.writeString(folder.resolve("clean"), "OP-123456789012");
    assertThat(SecretSearch.find(folder, List.of("OP-1234567890123"))).containsExactly("large");
  }

  @Test
  void findsAWholeNumberAsItStandsInAStoredBlock() throws IOException {
    byte[] stored = {3, 4, 1, (byte) 0xA4, (byte) 0x8B, (byte) 0xB0, (byte) 0x99, 9, 0};
    Files.write(folder.resolve("stored"), stored);
    assertThat(SecretSearch.find(folder, SecretSearch.forms(1_234_567_890L)))
        .containsExactly("stored");
    assertThat(SecretSearch.find(folder, SecretSearch.forms(1_234_567_891L))).isEmpty();
  }

  @Test
  void drawsOneScreenAndOneLine() {
    View view =
        new View(12.4, 60, "draining", "up", 1, 2, 3, 120, 5, 6, 7, 8, "1.0.0", "", 130L << 20);
    assertThat(view.screen())
        .hasSizeLessThanOrEqualTo(18)
        .anyMatch(line -> line.contains("130 MB"));
    assertThat(view.plain()).contains("buffered 120", "draining").doesNotContain("\n");
  }
}
