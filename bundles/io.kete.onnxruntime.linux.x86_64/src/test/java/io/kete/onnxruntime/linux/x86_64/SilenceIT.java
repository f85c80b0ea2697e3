// SPDX-License-Identifier: EPL-2.0
package io.kete.onnxruntime.linux.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Later versions of the library report to their maker unless the environment forbids it. */
final class SilenceIT {

  private static final List<String> TRACES =
      List.of("events.data.microsoft.com", "ORT_DISABLE_TELEMETRY", "/etc/machine-id");

  @Test
  void holdsNoAddressToReportTo() throws IOException {
    File other =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(File::new)
            .filter(file -> file.getName().startsWith("io.kete.onnxruntime.linux.aarch64-"))
            .findFirst()
            .orElseThrow();
    for (File jar : List.of(new File(System.getProperty("kete.fragment.jar")), other)) {
      String library = library(jar);
      assertThat(TRACES.stream().filter(library::contains)).as(jar.getName()).isEmpty();
    }
  }

  private static String library(File jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar)) {
      ZipEntry library =
          zip.stream()
              .filter(entry -> entry.getName().endsWith("/libonnxruntime.so"))
              .findFirst()
              .orElseThrow();
      try (InputStream in = zip.getInputStream(library)) {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }
  }
}
