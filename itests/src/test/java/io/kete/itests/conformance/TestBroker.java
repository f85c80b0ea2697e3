// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import io.kete.demo.link.Broker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A broker by name: {@code moquette}, {@code mosquitto}, or {@code name=host:port} of a running
 * one.
 */
record TestBroker(String name, String host, int port) {

  private static final String PROPERTY = "kete.conformance.brokers";
  private static final Duration START = Duration.ofSeconds(10);

  /** The brokers to run with; those that are not there are named. */
  static List<String> names() {
    String wanted = System.getProperty(PROPERTY, "moquette,mosquitto");
    List<String> names = new ArrayList<>();
    for (String name : wanted.split(",", -1)) {
      if (name.equals("mosquitto") && mosquitto().isEmpty()) {
        System.out.println("conformance with mosquitto is skipped: it is not installed");
      } else {
        names.add(name);
      }
    }
    return names;
  }

  static TestBroker start(String name, Path folder) throws Exception {
    if (name.contains("=")) {
      String[] parts = name.split("[=:]", -1);
      return new TestBroker(parts[0], parts[1], Integer.parseInt(parts[2]));
    }
    return name.equals("mosquitto") ? mosquitto(folder) : moquette();
  }

  private static TestBroker moquette() throws IOException {
    Broker broker = new Broker(0);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    return new TestBroker("moquette", "127.0.0.1", broker.port());
  }

  private static TestBroker mosquitto(Path folder) throws Exception {
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    Path configuration = folder.resolve("mosquitto.conf");
    Files.writeString(
        configuration,
        "listener " + port + " 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n");
    run(configuration, folder.resolve("mosquitto.log"), port);
    return new TestBroker("mosquitto", "127.0.0.1", port);
  }

  /** Starts mosquitto and waits until it listens. */
  static Process run(Path configuration, Path log, int port) throws Exception {
    Process process =
        new ProcessBuilder(mosquitto().orElseThrow().toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    long end = System.nanoTime() + START.toNanos();
    while (!answers(port)) {
      if (System.nanoTime() > end || process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException("mosquitto does not start, see " + log);
      }
    }
    return process;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  static Optional<Path> mosquitto() {
    return List.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto")
        .stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  String url() {
    return "tcp://" + host + ":" + port;
  }
}
