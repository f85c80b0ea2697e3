// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.pace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes sent today, in a small file so that a restart does not begin the day anew. It is written
 * now and then; what a crash forgets is at most what was sent in between. Used by one thread.
 */
public final class DayCount {

  private static final Logger logger = LoggerFactory.getLogger(DayCount.class);
  private static final long WRITE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long MAX_FILE = 64;
  private static final Pattern FORM = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d{1,18})\\s*");

  private final Optional<Path> file;
  private LocalDate day = LocalDate.MIN;
  private volatile long bytes;
  private long written;
  private long writtenNanos;
  private boolean hasFailed;

  /** Counts into that file; without one, a restart begins anew. */
  public DayCount(Optional<Path> file) {
    this.file = file;
    file.filter(Files::exists).ifPresent(this::read);
  }

  private void read(Path path) {
    try {
      String text =
          Files.size(path) > MAX_FILE ? "" : Files.readString(path, StandardCharsets.US_ASCII);
      Matcher form = FORM.matcher(text);
      if (form.matches()) {
        day = LocalDate.parse(form.group(1));
        bytes = Long.parseLong(form.group(2));
        written = bytes;
      }
    } catch (IOException | DateTimeException e) {
      failed(path, e);
    }
  }

  /** Bytes sent on that day so far. */
  long on(LocalDate today) {
    if (!today.equals(day)) {
      // a clock that was set back does not give the day's bytes once more
      if (today.isBefore(day) && day.minusDays(2).isBefore(today)) {
        return bytes;
      }
      day = today;
      bytes = 0;
    }
    return bytes;
  }

  /** Bytes of the day that is being counted; from any thread. */
  public long bytes() {
    return bytes;
  }

  void add(LocalDate today, long sent, long nowNanos) {
    bytes = on(today) + sent;
    if (written == 0 || nowNanos - writtenNanos >= WRITE_NANOS) {
      writtenNanos = nowNanos;
      write();
    }
  }

  /** Writes what was counted since. */
  public void write() {
    if (file.isEmpty() || bytes == written) {
      return;
    }
    Path path = file.get();
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path fresh = path.resolveSibling(path.getFileName() + ".new");
      Files.writeString(fresh, day + " " + bytes + "\n", StandardCharsets.US_ASCII);
      Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      written = bytes;
      hasFailed = false;
    } catch (IOException e) {
      failed(path, e);
    }
  }

  private void failed(Path path, Exception e) {
    if (!hasFailed) {
      hasFailed = true;
      logger.warn("budget_unrecorded file={} cause={}", path, e.toString());
    }
  }
}
