// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a training set tells about a model: its digest, and statistics of its columns. */
final class TrainingSet {

  private final String digest;
  private final long rows;
  private final Map<String, Statistics> columns;

  private TrainingSet(String digest, long rows, Map<String, Statistics> columns) {
    this.digest = digest;
    this.rows = rows;
    this.columns = columns;
  }

  /** Reads the file; every role has to have a column. */
  static TrainingSet read(Path file, List<String> roles) throws IOException {
    try (CsvReader csv = CsvReader.open(file)) {
      for (String role : roles) {
        if (csv.place(role).isEmpty()) {
          throw new IOException(file + ": there is no column " + role);
        }
      }
      List<Statistics> measured = csv.columns().stream().map(column -> new Statistics()).toList();
      long rows = 0;
      for (Optional<double[]> row = csv.next(); row.isPresent(); row = csv.next()) {
        for (int i = 0; i < row.get().length; i++) {
          measured.get(i).add(row.get()[i]);
        }
        rows++;
      }
      Map<String, Statistics> columns = new HashMap<>();
      for (int i = 0; i < measured.size(); i++) {
        columns.put(csv.columns().get(i), measured.get(i));
      }
      return new TrainingSet(sha256(file), rows, columns);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, sha).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  String digest() {
    return digest;
  }

  long rows() {
    return rows;
  }

  /** Statistics of a column, if there is one of that name. */
  Optional<Statistics> of(String column) {
    return Optional.ofNullable(columns.get(column));
  }
}
