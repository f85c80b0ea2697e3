// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the gateway finds its memory: what the machine has left, and the limit of the control
 * group this command runs in.
 *
 * @param root of the file system; tests give another one
 */
record MemoryCheck(Path root, boolean running) implements Check {

  /** What a gateway takes, with some room. */
  private static final long NEEDED = 200L << 20;

  /** With less than this the machine is about to kill processes. */
  private static final long LEAST = 48L << 20;

  private static final List<String> LIMITS =
      List.of("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes");

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Finding> look() throws IOException {
    Optional<Long> available = available();
    if (available.isEmpty()) {
      return List.of(Finding.ok(name(), "this system does not tell how much is available"));
    }
    long limit = limit().orElse(Long.MAX_VALUE);
    long left = Math.min(available.get(), running ? Long.MAX_VALUE : limit);
    String what = (left >> 20) + " MB available" + (running ? " beside the running gateway" : "");
    if (left < LEAST) {
      return List.of(
          Finding.fail(name(), what, "end other programs, or use a machine with more memory"));
    }
    if (!running && left < NEEDED) {
      return List.of(
          Finding.warn(
              name(), what, "a gateway takes up to " + (NEEDED >> 20) + " MB; end other programs"));
    }
    return List.of(Finding.ok(name(), what));
  }

  private Optional<Long> available() throws IOException {
    Path file = root.resolve("proc/meminfo");
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .findFirst()
          .flatMap(line -> number(line.replaceAll("\\D", "")))
          .map(kibibytes -> kibibytes << 10);
    }
  }

  private Optional<Long> limit() throws IOException {
    for (String name : LIMITS) {
      Path file = root.resolve(name);
      if (Files.isReadable(file)) {
        return number(Files.readString(file).strip());
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> number(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
