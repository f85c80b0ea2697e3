// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bundle of every package resolves and starts on each platform, with nothing delegated. */
class ResolveTest {

  @TempDir Path directory;

  @Test
  void kura2024() throws Exception {
    assertStarts("equinox-2024.jar", kura("kura-2024"));
  }

  @Test
  void kura2026() throws Exception {
    assertStarts("equinox-2026.jar", kura("kura-2026"));
  }

  @Test
  void ourContainer() throws Exception {
    Path archive;
    try (var found = Files.walk(Home.ROOT.resolve("distribution/kete/target"), 4)) {
      archive = found.filter(path -> path.endsWith("bundles/start.list")).findFirst().orElseThrow();
    }
    Path container = Files.createDirectory(directory.resolve("container"));
    for (String line : Files.readAllLines(archive)) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String file = line.substring(line.lastIndexOf(' ') + 1);
        Files.copy(archive.resolveSibling(file), container.resolve(file));
      }
    }
    assertStarts("felix.jar", List.of(container));
  }

  @Test
  void namesWhatIsMissing() throws Exception {
    Path lame = Files.createDirectory(directory.resolve("lame"));
    byte[] bundle = LamePackage.bundle("org.bouncycastle.cms;version=\"[1.85,2)\"");
    Files.write(lame.resolve("lame.jar"), bundle);
    List<Path> places = new ArrayList<>(kura("kura-2024"));
    places.add(lame);
    Outcome outcome = run("equinox-2024.jar", places);
    assertThat(outcome.code).isEqualTo(1);
    assertThat(outcome.lines)
        .filteredOn(line -> line.startsWith("MISSING"))
        .singleElement()
        .asString()
        .startsWith("MISSING org.example.lame: ");
    assertThat(String.join("\n", outcome.lines)).contains("org.bouncycastle.cms", "1.85");
  }

  private static List<Path> kura(String year) {
    return List.of(
        Home.TARGET.resolve("kura"), Home.TARGET.resolve(year), Home.TARGET.resolve("kura-api"));
  }

  private void assertStarts(String framework, List<Path> platform) throws Exception {
    List<Path> places = new ArrayList<>(platform);
    Set<String> known = new TreeSet<>();
    for (Path place : platform) {
      try (var files = Files.list(place)) {
        files.forEach(file -> known.add(String.valueOf(file.getFileName())));
      }
    }
    Path ours = Files.createDirectory(directory.resolve("ours"));
    for (Path file : Home.packages()) {
      unpack(file, ours, known);
    }
    places.add(ours);
    Outcome outcome = run(framework, places);
    assertThat(outcome.lines)
        .as("everything that %s says", framework)
        .noneMatch(line -> line.startsWith("MISSING"))
        .anyMatch(line -> line.startsWith("STARTED"));
    assertThat(outcome.code).isZero();
  }

  private static void unpack(Path file, Path target, Set<String> known) throws IOException {
    try (InputStream content = Files.newInputStream(file);
        JarInputStream jar = new JarInputStream(content)) {
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        if (!known.contains(entry.getName())) {
          Files.copy(jar, target.resolve(entry.getName()));
        }
      }
    }
  }

  private record Outcome(int code, List<String> lines) {}

  private Outcome run(String framework, List<Path> places) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        Home.TARGET.resolve("framework").resolve(framework)
            + System.getProperty("path.separator")
            + Home.TARGET.resolve("test-classes"));
    command.add(StartAll.class.getName());
    command.add(directory.resolve("storage").toString());
    places.forEach(place -> command.add(place.toString()));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(90, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("the framework ended").isTrue();
    return new Outcome(process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8));
  }
}
