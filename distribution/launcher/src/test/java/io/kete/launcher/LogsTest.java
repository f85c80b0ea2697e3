// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream console = new PrintStream(screen, true, StandardCharsets.UTF_8);

  @Test
  void writesWhatIsLoggedAndWhatIsPrinted() throws IOException {
    Path levels = directory.resolve("logging.properties");
    Files.writeString(levels, ".level=INFO\nio.kete.quiet.level=SEVERE\n");
    try (Logs logs = Logs.start(levels, directory, console)) {
      Logger.getLogger("io.kete.loud").log(Level.WARNING, "link_lost cause={0}", "cut");
      Logger.getLogger("io.kete.quiet").warning("not said");
      Logger.getLogger("io.kete.loud").log(Level.SEVERE, "failed", new IOException("because"));
      System.out.print("a library ");
      System.out.println("prints {0}");
      System.err.println();
      assertThat(logs).isNotNull();
    }
    List<String> lines = Files.readAllLines(directory.resolve("kete.0.log"));
    assertThat(lines.get(0))
        .matches("[-0-9]{10}T[:.0-9]{12}\\S+ WARN  \\[main] io.kete.loud link_lost cause=cut");
    assertThat(lines.get(1)).contains("ERROR", "io.kete.loud failed");
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("IOException: because"));
    assertThat(lines).last().asString().endsWith("INFO  [main] stdout a library prints {0}");
    assertThat(lines).noneSatisfy(line -> assertThat(line).contains("not said"));
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .startsWith(lines.get(0).substring(11, 23))
        .contains(" WARN  loud link_lost cause=cut\n", "INFO  stdout a library prints {0}\n");
  }

  @Test
  void cutsALineWithoutAnEnd() throws IOException {
    try (Logs logs = Logs.start(directory.resolve("missing.properties"), directory, console)) {
      System.out.print("x".repeat(20_000));
      System.out.println();
      assertThat(logs).isNotNull();
    }
    assertThat(Files.readAllLines(directory.resolve("kete.0.log")))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(8_400));
  }
}
