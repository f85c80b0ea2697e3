// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of the demo. Its standard input stays open as long as this process lives, so that it
 * ends however this one ends; what it says goes to its log and, line by line, to {@link #await}.
 */
final class Child implements AutoCloseable {

  private static final int MAX_WAITING_LINES = 10_000;
  private static final long STOP_SECONDS = 20;
  private static final List<String> SMALL_JVM =
      List.of(
          "-Xms8m",
          "-Xmx48m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError");

  private final String name;
  private final Path log;
  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MAX_WAITING_LINES);

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  /** Starts a main class of this program in a JVM of its own. */
  static Child java(String name, Class<?> main, RunDirectory directory, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(javaCommand().toString());
    command.addAll(SMALL_JVM);
    command.add("-Djava.io.tmpdir=" + directory.temporary());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-cp");
    command.add(System.getProperty("java.class.path", ""));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return start(name, command, Map.of(), directory);
  }

  /** The program that runs this JVM. */
  static Path javaCommand() {
    return Path.of(System.getProperty("java.home", ""), "bin", "java");
  }

  /** Starts any command. */
  static Child start(
      String name, List<String> command, Map<String, String> environment, RunDirectory directory)
      throws IOException {
    Path log = directory.log(name);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.root().toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Child child = new Child(name, log, builder.start());
    Writer file = Files.newBufferedWriter(log, StandardCharsets.UTF_8);
    Lines.read(
        "demo-" + name,
        child.process.getInputStream(),
        line -> child.said(file, line),
        () -> end(file));
    return child;
  }

  private void said(Writer file, String line) {
    lines.offer(line);
    try {
      file.write(line + "\n");
      file.flush();
    } catch (IOException full) {
      // a log that cannot be written must not stop the process it is about
      lines.offer("log cannot be written");
    }
  }

  private static void end(Writer file) {
    try {
      file.close();
    } catch (IOException e) {
      System.err.println("kete demo: a log could not be closed: " + e.getMessage());
    }
  }

  /** Waits for a line with a number in it, and gives the number. */
  long await(Pattern lineWithNumber, long seconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      String line =
          lines.poll(
              Math.max(1, Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(200))),
              TimeUnit.NANOSECONDS);
      if (line != null) {
        Matcher matcher = lineWithNumber.matcher(line);
        if (matcher.matches()) {
          return Long.parseLong(matcher.group(1));
        }
      } else if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the " + name + " did not say " + lineWithNumber + "; see " + log);
      }
    }
  }

  /** Writes a line to its input. */
  void tell(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Resident memory in bytes of the process, or of what it started if that is larger; 0 when the
   * system does not say.
   */
  long residentBytes() {
    long own = residentBytes(process.pid());
    return process
        .descendants()
        .mapToLong(each -> residentBytes(each.pid()))
        .reduce(own, Math::max);
  }

  private static long residentBytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
    return 0;
  }

  /**
   * Asks the process to end and, if it does not within some seconds, ends it. Returns when it is
   * gone.
   */
  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    boolean interrupted = false;
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    }
    started.forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
