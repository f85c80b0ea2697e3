// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The installed product, run in a process of its own with a data directory of its own. */
final class Installed implements AutoCloseable {

  private static final long STOP_SECONDS = 30;

  private final Path home;
  private Process process;

  private Installed(Path home, Process process) {
    this.home = home;
    this.process = process;
  }

  static Path product() {
    Path root = Path.of(System.getProperty("kete.root", "..")).toAbsolutePath().normalize();
    String other = System.getProperty("kete.product", "");
    return other.isEmpty()
        ? root.resolve("distribution/kete/target/kete-1.0.0/kete-1.0.0")
        : Path.of(other);
  }

  /** Empties the folder, writes the seed and starts. */
  static Installed start(Path home, String seed) throws IOException {
    if (Files.isDirectory(home)) {
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(home.resolve("data/user/snapshots"));
    Files.writeString(home.resolve("data/user/snapshots/snapshot_0.xml"), seed);
    return new Installed(home, process(home));
  }

  private static Process process(Path home) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            product().resolve("bin/kete").toString(),
            "run",
            "--data",
            home.resolve("data").toString());
    builder.environment().put("KETE_EXIT_WITH_STDIN", "1");
    builder.environment().put("KETE_JAVA_OPTS", "-Dkete.developer.unsigned=true");
    builder
        .environment()
        .put("KETE_JAVA", Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("gateway.log").toFile()));
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  Path data() {
    return home.resolve("data");
  }

  String log() throws IOException {
    return Files.readString(home.resolve("gateway.log"));
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM. */
  void stop() throws InterruptedException {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the gateway did not end within " + STOP_SECONDS + " s");
    }
  }

  void startAgain() throws IOException {
    process = process(home);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
  }
}
