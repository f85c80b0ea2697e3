// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Shows a view: redrawn in place on a terminal that is large enough, as one line each otherwise.
 */
final class Screen {

  private static final String REDRAW = "\u001b[H\u001b[J";
  private static final int LEAST_COLUMNS = 60;
  private static final int LEAST_ROWS = 18;

  private final PrintStream out;
  private final int columns;

  /** With 0 columns it prints lines. */
  Screen(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** What fits the standard output of this process. */
  static Screen forStandardOutput(boolean plain) {
    boolean dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("TERM") == null;
    return new Screen(System.out, plain || dumb ? 0 : terminalColumns());
  }

  /** Columns of the terminal that standard output is; 0 when it is none or too small. */
  private static int terminalColumns() {
    try {
      Process test = new ProcessBuilder("sh", "-c", "test -t 1").inheritIO().start();
      if (!test.waitFor(2, TimeUnit.SECONDS) || test.exitValue() != 0) {
        return 0;
      }
      Process size =
          new ProcessBuilder("sh", "-c", "stty size < /dev/tty").redirectErrorStream(true).start();
      String[] rowsAndColumns =
          new String(size.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ", -1);
      int rows = Integer.parseInt(rowsAndColumns[0]);
      int columns = Integer.parseInt(rowsAndColumns[rowsAndColumns.length - 1]);
      return rows >= LEAST_ROWS && columns >= LEAST_COLUMNS ? columns : 0;
    } catch (IOException | NumberFormatException notKnown) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  void show(View view) {
    if (columns == 0) {
      out.println(view.plain());
      return;
    }
    StringBuilder text = new StringBuilder(REDRAW);
    for (String line : view.screen()) {
      text.append(line, 0, Math.min(line.length(), columns - 1)).append('\n');
    }
    out.print(text);
    out.flush();
  }

  /** Prints lines that stay. */
  void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }
}
