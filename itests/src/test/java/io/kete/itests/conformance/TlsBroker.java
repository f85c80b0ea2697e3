// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * mosquitto with a plain listener and one for each of some certificates; the listener {@code
 * client} wants a certificate of whoever connects.
 */
record TlsBroker(Process process, int plain, Map<String, Integer> ports) implements AutoCloseable {

  static TlsBroker start(Path folder, Authority trusted, Map<String, Authority.Identity> identities)
      throws Exception {
    trusted.write(folder.resolve("ca.crt"));
    int plain = free();
    StringBuilder configuration = new StringBuilder("allow_anonymous true\n");
    configuration.append("listener %d 127.0.0.1%n".formatted(plain));
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (Map.Entry<String, Authority.Identity> each : identities.entrySet()) {
      String name = each.getKey();
      each.getValue().write(folder, name);
      ports.put(name, free());
      configuration.append("listener %d 127.0.0.1%n".formatted(ports.get(name)));
      configuration.append("cafile %s%n".formatted(folder.resolve("ca.crt")));
      configuration.append("certfile %s%n".formatted(folder.resolve(name + ".crt")));
      configuration.append("keyfile %s%n".formatted(folder.resolve(name + ".key")));
      configuration.append("require_certificate %s%n".formatted(name.equals("client")));
    }
    Path file = folder.resolve("mosquitto.conf");
    Files.writeString(file, configuration);
    Process process = TestBroker.run(file, folder.resolve("mosquitto.log"), plain);
    return new TlsBroker(process, plain, ports);
  }

  private static int free() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  String url(String name) {
    return "mqtts://localhost:" + ports.get(name);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
