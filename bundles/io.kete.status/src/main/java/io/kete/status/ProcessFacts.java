// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory and age of the process. */
final class ProcessFacts {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d{1,12}) kB");
  private static final long KILO = 1024;

  private final Path status;

  ProcessFacts(Path status) {
    this.status = status;
  }

  Area area(Instant now) {
    Runtime runtime = Runtime.getRuntime();
    TreeMap<String, Object> facts = new TreeMap<>();
    facts.put("heap_used_bytes", runtime.totalMemory() - runtime.freeMemory());
    facts.put("heap_max_bytes", runtime.maxMemory());
    facts.put("processors", (long) runtime.availableProcessors());
    facts.put("java", Runtime.version().toString());
    facts.put("pid", ProcessHandle.current().pid());
    ProcessHandle.current()
        .info()
        .startInstant()
        .ifPresent(
            start ->
                facts.put("uptime_seconds", Math.max(0, Duration.between(start, now).toSeconds())));
    resident().ifPresent(bytes -> facts.put("rss_bytes", bytes));
    return new Area("process", List.of(), facts);
  }

  /** Resident memory; unknown elsewhere than on Linux. */
  private OptionalLong resident() {
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try {
      Matcher line = RESIDENT.matcher(Files.readString(status));
      return line.find()
          ? OptionalLong.of(Long.parseLong(line.group(1)) * KILO)
          : OptionalLong.empty();
    } catch (IOException notThisTime) {
      return OptionalLong.empty();
    }
  }
}
