// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Looks for texts in every file of a directory, whatever the files hold. */
final class SecretSearch {

  private static final int CHUNK = 1 << 20;

  private SecretSearch() {}

  /** The files that hold one of the texts, relative to the directory. */
  static List<String> find(Path directory, Collection<String> texts) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (holds(file, texts)) {
          found.add(directory.relativize(file).toString());
        }
      }
    }
    return found;
  }

  /**
   * How a value may look in a file: its text, and for a whole number also the form it has in a
   * stored block.
   */
  static List<String> forms(Object value) {
    List<String> forms = new ArrayList<>(List.of(String.valueOf(value)));
    if (value instanceof Long number) {
      StringBuilder varint = new StringBuilder();
      long rest = (number << 1) ^ (number >> 63);
      while ((rest & ~0x7FL) != 0) {
        varint.append((char) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      forms.add(varint.append((char) rest).toString());
    }
    return forms;
  }

  private static boolean holds(Path file, Collection<String> texts) throws IOException {
    int longest = texts.stream().mapToInt(String::length).max().orElse(1);
    String before = "";
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
        String window = before + new String(chunk, StandardCharsets.ISO_8859_1);
        if (texts.stream().anyMatch(window::contains)) {
          return true;
        }
        before = window.substring(Math.max(0, window.length() - longest + 1));
      }
    }
    return false;
  }
}
