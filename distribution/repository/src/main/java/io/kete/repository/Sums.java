// SPDX-License-Identifier: EPL-2.0
package io.kete.repository;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The list of all files as {@code sha256sum} writes and checks it, behind one line of our own. */
final class Sums {

  static final String FILE = "SHA256SUMS";
  static final String SIGNATURE = "SHA256SUMS.p7s";

  private Sums() {}

  /**
   * Of everything below a folder.
   *
   * @param name of the repository, the same in every state of it
   * @param increment larger in each later state
   */
  static String of(Path root, String name, long increment) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# kete-repository/1 name=").append(name);
    text.append(" increment=").append(increment).append('\n');
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> sorted =
          files
              .filter(Files::isRegularFile)
              .map(root::relativize)
              .filter(file -> !file.toString().startsWith(FILE))
              .sorted()
              .toList();
      for (Path file : sorted) {
        text.append(sha256(root.resolve(file))).append("  ");
        text.append(file.toString().replace('\\', '/')).append('\n');
      }
    }
    return text.toString();
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
