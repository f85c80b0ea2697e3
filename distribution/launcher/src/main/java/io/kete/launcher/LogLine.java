// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** One line for each event: time, level, where, event. */
final class LogLine extends Formatter {

  /** For files: {@code 2026-01-31T12:00:00.000+01:00 INFO [thread] logger event}. */
  static final LogLine FULL = new LogLine("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", true);

  /** For the console: {@code 12:00:00.000 INFO Class event}. */
  static final LogLine BRIEF = new LogLine("HH:mm:ss.SSS", false);

  private final DateTimeFormatter time;
  private final boolean full;

  private LogLine(String time, boolean full) {
    this.time = DateTimeFormatter.ofPattern(time);
    this.full = full;
  }

  @Override
  public String format(LogRecord event) {
    StringBuilder line = new StringBuilder(160);
    time.formatTo(event.getInstant().atZone(ZoneId.systemDefault()), line);
    line.append(' ').append(name(event.getLevel())).append(' ');
    String logger = event.getLoggerName() == null ? "" : event.getLoggerName();
    if (full) {
      line.append('[').append(Thread.currentThread().getName()).append("] ").append(logger);
    } else {
      line.append(logger, logger.lastIndexOf('.') + 1, logger.length());
    }
    line.append(' ').append(formatMessage(event)).append('\n');
    if (event.getThrown() != null) {
      StringWriter trace = new StringWriter();
      event.getThrown().printStackTrace(new PrintWriter(trace, true));
      line.append(trace);
    }
    return line.toString();
  }

  private static String name(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO ";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }
}
