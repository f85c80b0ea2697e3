// SPDX-License-Identifier: EPL-2.0
package io.kete.repository;

import io.kete.features.PackageSignature;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the build says: {@code --key=value}, an empty value as if it were not there. */
record Arguments(Map<String, String> values) {

  static Arguments of(String... args) {
    Map<String, String> values = new HashMap<>();
    for (String arg : args) {
      int split = arg.indexOf('=');
      if (!arg.startsWith("--") || split < 0) {
        throw new IllegalArgumentException("expected --key=value, found " + arg);
      }
      values.put(arg.substring(2, split), arg.substring(split + 1));
    }
    return new Arguments(values);
  }

  private String value(String key) {
    return values.getOrDefault(key, "").equals("null") ? "" : values.getOrDefault(key, "");
  }

  Path path(String key) {
    if (value(key).isEmpty()) {
      throw new IllegalArgumentException("--" + key + " is missing");
    }
    return Path.of(value(key)).toAbsolutePath().normalize();
  }

  Optional<PackageSignature.Signing> signer() throws IOException, GeneralSecurityException {
    return value("key").isEmpty()
        ? Optional.empty()
        : Optional.of(Signer.of(path("key"), path("certificate")));
  }

  /** As said; else the time of the commit; else, outside of a clone, that of the build file. */
  long increment() {
    if (!value("increment").isEmpty()) {
      return Long.parseLong(value("increment"));
    }
    Optional<Long> commit = commit();
    return commit.isPresent() ? commit.get() : Instant.parse(value("otherwise")).getEpochSecond();
  }

  private Optional<Long> commit() {
    try {
      Process git =
          new ProcessBuilder("git", "log", "-1", "--format=%ct")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .directory(path("packages").toFile())
              .start();
      try (BufferedReader said = git.inputReader(StandardCharsets.UTF_8)) {
        String line = said.readLine();
        return line != null && line.matches("\\d{1,18}")
            ? Optional.of(Long.valueOf(line))
            : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty(); // no git on this machine
    }
  }
}
