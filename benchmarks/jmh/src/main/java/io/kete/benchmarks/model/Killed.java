// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link KillChild} in a process of its own, with a debugger attached. */
final class Killed implements AutoCloseable {

  private static final String AGENT =
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0";
  private static final Pattern PORT =
      Pattern.compile("Listening for transport dt_socket at address: (\\d+)");
  private static final Pattern SAID = Pattern.compile("(READY|PROBE|DONE|BROKEN) .*");
  private static final int PATIENCE = 60;

  private final Process process;
  private final Writer in;
  private final Steps steps;
  private final BlockingQueue<String> ports = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private Killed(Path folder) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                AGENT,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                KillChild.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    process = builder.start();
    in = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "killed-output");
    reader.setDaemon(true);
    reader.start();
    String port = ports.poll(PATIENCE, TimeUnit.SECONDS);
    if (port == null) {
      throw new IOException("the process does not wait for a debugger");
    }
    steps = Steps.attach(port);
  }

  /** Starts it; it has not begun to run. */
  static Killed start(Path folder) throws Exception {
    return new Killed(folder);
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher port = PORT.matcher(line);
        if (port.find()) {
          ports.add(port.group(1));
        } else if (SAID.matcher(line).matches()) {
          said.add(line);
        }
      }
    } catch (IOException killed) {
      // the end of the process is the end of what it says
    }
  }

  Steps steps() {
    return steps;
  }

  /** Lets it run. */
  Killed go() {
    steps.resume();
    return this;
  }

  void order(String word) throws IOException {
    in.write(word + "\n");
    in.flush();
  }

  /** The next thing it says, or that it says nothing. */
  String next() throws InterruptedException {
    String line = said.poll(PATIENCE, TimeUnit.SECONDS);
    return line == null ? "SILENT" : line;
  }

  /** SIGKILL. */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
    steps.close();
  }
}
