// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import io.kete.itests.world.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one gateway lives, and the process around it. The process ends when the one that started it
 * ends or {@link #close()} is called.
 */
final class Site implements AutoCloseable {

  private final Path home;
  private final Process world;
  private final int port;

  private Site(Path home, Process world, int port) {
    this.home = home;
    this.world = world;
    this.port = port;
  }

  /** Empties the directory and starts the process. */
  static Site open(Path home) {
    try {
      empty(home);
      Files.createDirectories(home.resolve("data/user/snapshots"));
      Files.createDirectories(home.resolve("data/user/certificates"));
      Files.createDirectories(home.resolve("data/user/anchors/policy"));
      Files.createDirectories(home.resolve("data/user/anchors/model"));
      Files.createDirectories(home.resolve("data/dropin/models"));
      Files.createDirectories(home.resolve("data/log"));
      Process world =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                  "-Xmx128m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                  "-cp",
                  System.getProperty("java.class.path", ""),
                  World.class.getName())
              .redirectError(home.resolve("world.log").toFile())
              .start();
      BufferedReader said = world.inputReader(StandardCharsets.UTF_8);
      String line = String.valueOf(said.readLine());
      if (!line.startsWith("world port=")) {
        throw new IllegalStateException(line + "; see " + home.resolve("world.log"));
      }
      Site site = new Site(home, world, Integer.parseInt(line.substring("world port=".length())));
      site.trust();
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void trust() throws IOException {
    Files.writeString(user().resolve("certificates/centre.pem"), peer().certificate("centre"));
    for (String purpose : List.of("policy", "model")) {
      Files.writeString(
          user().resolve("anchors").resolve(purpose).resolve("site.pem"),
          peer().certificate("site"));
    }
  }

  private static void empty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  Peer peer() {
    return new Peer(port);
  }

  int port() {
    return port;
  }

  Path home() {
    return home;
  }

  Path data() {
    return home.resolve("data");
  }

  Path user() {
    return data().resolve("user");
  }

  /** Writes the seed configuration and a signed policy. */
  void configure(Plan plan, String policy) {
    Path file = user().resolve("policy.json");
    plan.component("io.kete.status.StatusPage", Plan.properties("port", 0));
    plan.component(
        Plan.POLICY,
        Plan.properties(
            "policy.file", file.toString(),
            "certificates.directory", user().resolve("certificates").toString(),
            "anchors.directory", user().resolve("anchors").toString()));
    try {
      Files.writeString(file, policy);
      Files.write(file.resolveSibling("policy.json.p7s"), peer().sign(policy));
      Files.writeString(user().resolve("snapshots/snapshot_0.xml"), plan.snapshot());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files below a folder that hold one of the patterns. */
  static List<Path> filesWith(Path folder, byte[] pattern) throws IOException {
    String text = new String(pattern, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> contents(file).contains(text))
          .toList();
    }
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    world.destroyForcibly();
  }
}
