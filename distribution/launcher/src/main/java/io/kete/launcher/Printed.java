// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a library prints, as lines of the log. A line without an end is cut at a bound. */
final class Printed extends OutputStream {

  private static final int LONGEST_LINE = 8192;

  private final Logger logger;
  private final Level level;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  Printed(Logger logger, Level level) {
    this.logger = logger;
    this.level = level;
  }

  PrintStream stream() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int character) {
    if (character == '\n' || line.size() == LONGEST_LINE) {
      say();
    }
    if (character != '\n' && character != '\r') {
      line.write(character);
    }
  }

  private void say() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!text.isBlank()) {
      logger.log(level, "{0}", text);
    }
  }
}
