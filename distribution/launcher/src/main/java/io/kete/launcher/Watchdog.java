// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells systemd that the gateway is up, and that it is alive: as long as the status page answers,
 * whatever it says. For that the framework, its services and their threads must work; a broker or a
 * device that is away is no reason for another start. A gateway without a status page counts as
 * alive. Started by anybody else it does nothing.
 */
final class Watchdog implements AutoCloseable {

  /** Passes a state on, for instance {@code READY=1}. */
  interface Notifier {
    void tell(String state) throws IOException, InterruptedException;
  }

  private static final int ANSWER_MILLIS = 10_000;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final int BEATS_PER_LIMIT = 3;
  private static final byte[] REQUEST =
      "GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Path portFile;
  private final Notifier notifier;
  private final long periodMillis;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * @param periodMillis between two signs of life, 0 for none
   */
  Watchdog(Path data, Notifier notifier, long periodMillis) {
    this.portFile = data.resolve("run/status.port");
    this.notifier = notifier;
    this.periodMillis = periodMillis;
  }

  /** As the environment asks for it. */
  static Watchdog of(Path data, Map<String, String> environment) {
    if (!environment.containsKey("NOTIFY_SOCKET")) {
      return new Watchdog(data, state -> {}, 0);
    }
    String micros = environment.getOrDefault("WATCHDOG_USEC", "0");
    long limit = micros.matches("\\d{1,15}") ? Long.parseLong(micros) / MICROS_PER_MILLI : 0;
    return new Watchdog(data, Watchdog::runSystemdNotify, limit / BEATS_PER_LIMIT);
  }

  /** The Java runtime has no datagrams of this kind, so systemd's own command sends them. */
  private static void runSystemdNotify(String state) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("systemd-notify", state)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IOException("systemd-notify does not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException("systemd-notify ended with " + process.exitValue());
    }
  }

  /** The gateway is up, perhaps not for the first time. */
  void ready() {
    tell("READY=1");
    if (periodMillis > 0 && begun.compareAndSet(false, true)) {
      Thread thread = new Thread(this::beat, "launcher-watchdog");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void beat() {
    try {
      do {
        if (isAlive()) {
          tell("WATCHDOG=1");
        }
      } while (!closed.await(periodMillis, TimeUnit.MILLISECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isAlive() {
    int port;
    try {
      port = Integer.parseInt(Files.readString(portFile).strip());
    } catch (NoSuchFileException none) {
      return true;
    } catch (IOException | NumberFormatException unreadable) {
      System.err.println("kete: watchdog: " + portFile + " cannot be read: " + unreadable);
      return true;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(REQUEST);
      return socket.getInputStream().readNBytes("HTTP/1".length()).length == "HTTP/1".length();
    } catch (IOException noAnswer) {
      System.err.println("kete: watchdog: the status page gives no answer: " + noAnswer);
      return false;
    }
  }

  private void tell(String state) {
    try {
      notifier.tell(state);
    } catch (IOException notTold) {
      System.err.println("kete: systemd was not told " + state + ": " + notTold.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (closed.getCount() > 0) {
      closed.countDown();
      tell("STOPPING=1");
    }
  }
}
