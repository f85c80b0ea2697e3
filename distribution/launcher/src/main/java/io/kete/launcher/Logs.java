// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * The log of the process: the platform's logging, to the console and to a bounded set of files.
 * What a library prints is logged too, so that nothing is said that the log does not hold.
 */
final class Logs implements AutoCloseable {

  /** Where an installation has its levels. */
  static final String LEVELS = "conf/logging.properties";

  private static final int FILE_BYTES = 2 * 1024 * 1024;
  private static final int FILES = 5;

  private final PrintStream out;
  private final PrintStream err;
  private final Logger root;
  private final Handler file;
  private final Handler console;

  private Logs(PrintStream out, PrintStream err, Logger root, Handler file, Handler console) {
    this.out = out;
    this.err = err;
    this.root = root;
    this.file = file;
    this.console = console;
  }

  /** Must come before anything is logged: the platform takes the class of its log manager once. */
  static void prepare() {
    System.setProperty("java.util.logging.manager", KeepingLogManager.class.getName());
  }

  /**
   * Begins to log.
   *
   * @param levels properties file with the levels, for instance {@code io.kete.level=FINE}
   * @param directory where {@code kete.0.log}, the newest, to {@code kete.4.log} are written
   * @param console gets a short form of each line and stays open
   */
  static Logs start(Path levels, Path directory, PrintStream console) throws IOException {
    if (Files.exists(levels)) {
      try (InputStream configuration = Files.newInputStream(levels)) {
        LogManager.getLogManager().readConfiguration(configuration);
      }
    }
    Handler file =
        new FileHandler(directory.resolve("kete.%g.log").toString(), FILE_BYTES, FILES, true);
    file.setFormatter(LogLine.FULL);
    Handler screen = new Screen(console);
    Logger root = Logger.getLogger("");
    for (Handler handler : new Handler[] {file, screen}) {
      handler.setLevel(Level.ALL);
      root.addHandler(handler);
    }
    KeepingLogManager.keep = true;
    Logs logs = new Logs(System.out, System.err, root, file, screen);
    System.setOut(new Printed(Logger.getLogger("stdout"), Level.INFO).stream());
    System.setErr(new Printed(Logger.getLogger("stderr"), Level.WARNING).stream());
    return logs;
  }

  /** The console itself, for what the launcher says. */
  PrintStream console() {
    return out;
  }

  @Override
  public void close() {
    KeepingLogManager.keep = false;
    System.setOut(out);
    System.setErr(err);
    root.removeHandler(file);
    root.removeHandler(console);
    file.close();
    console.close();
  }

  /** Writes to the console and leaves it open. */
  private static final class Screen extends StreamHandler {

    Screen(PrintStream console) {
      super(console, LogLine.BRIEF);
    }

    @Override
    public synchronized void publish(LogRecord line) {
      super.publish(line);
      flush();
    }

    @Override
    public synchronized void close() {
      flush();
    }
  }

  /**
   * The platform would close the log as soon as the process is asked to stop; here the launcher
   * does when the last bundle has stopped.
   */
  public static final class KeepingLogManager extends LogManager {

    private static volatile boolean keep;

    /** For the platform, which finds the class by its name. */
    public KeepingLogManager() {}

    @Override
    public void reset() {
      if (!keep) {
        super.reset();
      }
    }
  }
}
