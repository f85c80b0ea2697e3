// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In an installed package the data directory is a link in the installation. */
class LinkedDataTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();

  private int doctor(Path home) {
    PrintWriter writer = new PrintWriter(out);
    return Kete.run(writer, writer, "--home", home.toString(), "doctor");
  }

  @Test
  void looksAtTheDirectoryTheLinkLeadsTo() throws IOException {
    Path home = Files.createDirectories(directory.resolve("home"));
    Path data = Files.createDirectories(directory.resolve("lib/data"));
    Files.createSymbolicLink(home.resolve("data"), data);

    doctor(home);

    assertThat(out.toString()).contains("MB free in " + data.toRealPath());
  }

  @Test
  void aLinkThatLeadsNowhereIsNotThereYet() throws IOException {
    Path home = Files.createDirectories(directory.resolve("home"));
    Files.createSymbolicLink(home.resolve("data"), directory.resolve("nowhere"));

    doctor(home);

    assertThat(out.toString()).contains(home.resolve("data") + " is not there yet");
  }
}
