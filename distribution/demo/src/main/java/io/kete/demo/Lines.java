// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads an input line by line on a thread of its own. A child process ends when its input does,
 * however its parent went.
 */
public final class Lines {

  private Lines() {}

  /**
   * Starts reading.
   *
   * @param name of the thread
   * @param whenEnded called after the last line, also when reading failed
   */
  public static Thread read(
      String name, InputStream in, Consumer<String> line, Runnable whenEnded) {
    Thread thread = new Thread(() -> run(in, line, whenEnded), name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void run(InputStream in, Consumer<String> line, Runnable whenEnded) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String next = reader.readLine(); next != null; next = reader.readLine()) {
        line.accept(next);
      }
    } catch (IOException closed) {
      // the same as the end
    } finally {
      whenEnded.run();
    }
  }
}
