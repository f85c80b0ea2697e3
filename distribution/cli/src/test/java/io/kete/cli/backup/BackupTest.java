// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.cli.DataLock;
import io.kete.cli.Kete;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

  private static final int INPUTS = Integer.getInteger("kete.fuzz.inputs", 300);
  private static final String PARTS =
      "{\"format\":\"kete-backup/1\",\"created\":\"x\",\"parts\":[\"user\"]}";

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path data;
  private Path file;

  @BeforeEach
  void gateway() throws IOException {
    data = directory.resolve("data");
    file = directory.resolve("copy.kete");
    write("user/snapshots/snapshot_0.xml", "seed");
    write("user/policy.json", "policy");
    write("security/device.secret", "secret");
    write("buffer/telemetry/segment", "samples");
    write("log/kete.0.log", "log");
    write("run/kete.pid", "1");
  }

  private void write(String name, String text) throws IOException {
    Path path = data.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private int execute(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] where = {"--data", data.toString()};
    return Kete.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.concat(Stream.of(where), Stream.of(args)).toArray(String[]::new));
  }

  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path one : files.filter(Files::isRegularFile).toList()) {
        String name = data.relativize(one).toString();
        if (!name.startsWith("run/") && !name.startsWith("pending/")) {
          state.put(name, Files.readString(one, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return state;
  }

  @Test
  void bringsConfigurationAndKeysBackAndLeavesStreamsAlone() throws IOException {
    assertThat(execute("backup", file.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("3 files", "keep it like one");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Map<String, String> before = state();
    write("user/policy.json", "changed");
    write("user/certificates/later.pem", "later");
    write("packages/p.dp", "later");
    assertThat(execute("restore", file.toString())).as(err.toString()).isZero();
    assertThat(state()).isEqualTo(before);
    assertThat(data.resolve("pending/previous/user/certificates/later.pem")).exists();
    assertThat(execute("restore", file.toString(), "--json")).isZero();
    assertThat(out.toString()).contains("\"state\":\"restored\"");
  }

  @Test
  void movesStreamsToAnEmptyDirectoryOnly() throws IOException {
    assertThat(execute("backup", "--streams", file.toString())).isZero();
    Map<String, String> before = state();
    before.remove("log/kete.0.log");
    assertThat(execute("restore", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("used twice");
    data = directory.resolve("other");
    assertThat(execute("restore", file.toString())).as(err.toString()).isZero();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void takesNoCopyOfARunningGatewayAndRestoresNone() throws IOException {
    assertThat(execute("backup", file.toString())).isZero();
    try (DataLock running = DataLock.take(data)) {
      assertThat(running.isHeld()).isTrue();
      Path other = directory.resolve("other.kete");
      assertThat(execute("backup", other.toString())).isEqualTo(1);
      assertThat(err.toString()).contains("running");
      assertThat(other).doesNotExist();
      assertThat(execute("restore", file.toString())).isEqualTo(1);
    }
  }

  private void refuses(Map<String, String> entries, String reason) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    Map<String, String> before = state();
    assertThat(execute("restore", file.toString(), "--max-megabytes", "1")).isEqualTo(1);
    assertThat(err.toString()).contains(reason);
    assertThat(state()).isEqualTo(before);
    assertThat(directory.resolve("escaped")).doesNotExist();
  }

  private static String sum(String text) {
    return HexFormat.of().formatHex(Backup.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesPathsThatLeadOut() throws IOException {
    for (String name :
        new String[] {
          "../escaped",
          "user/../../escaped",
          "/escaped",
          "user/./x",
          "buffer/x",
          "run/kete.pid",
          "x"
        }) {
      refuses(
          Map.of(Contents.ENTRY, PARTS, Contents.SUMS, sum("x") + "  " + name + "\n", name, "x"),
          "leads out");
    }
  }

  @Test
  void refusesDamageGapsAndBombs() throws IOException {
    refuses(Map.of("user/x", "x"), "kete-backup.json is missing");
    refuses(
        Map.of(Contents.ENTRY, PARTS.replace("user", "run"), Contents.SUMS, ""), "no gateway has");
    refuses(
        Map.of(Contents.ENTRY, PARTS, Contents.SUMS, sum("y") + "  user/x\n", "user/x", "x"),
        "user/x is damaged");
    refuses(
        Map.of(Contents.ENTRY, PARTS, Contents.SUMS, sum("x") + "  user/x\n"),
        "1 files are missing");
    refuses(Map.of(Contents.ENTRY, PARTS, Contents.SUMS, "", "user/x", "x"), "has no sum");
    String bomb = "0".repeat(2 << 20);
    refuses(
        Map.of(Contents.ENTRY, PARTS, Contents.SUMS, sum(bomb) + "  user/x\n", "user/x", bomb),
        "more than there is room for");
  }

  @Test
  void refusesAnyDamagedFileOrRestoresExactly() throws IOException {
    assertThat(execute("backup", file.toString())).isZero();
    byte[] good = Files.readAllBytes(file);
    Map<String, String> before = state();
    Random random = new Random(5);
    for (int i = 0; i < INPUTS; i++) {
      byte[] bad = good.clone();
      for (int flips = 0; flips < 3; flips++) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, bad);
      try {
        assertThat(new Restore(data, 1 << 20).read(file)).isEqualTo(3);
      } catch (IOException refused) {
        assertThat(refused).isNotNull();
      }
      assertThat(state()).isEqualTo(before);
    }
  }
}
