// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** Whether the port of the status page is free for the gateway, the only one it listens on. */
record PortCheck(Site site, Configured configured) implements Check {

  private static final String DEFAULT = "8077";

  @Override
  public String name() {
    return "ports";
  }

  @Override
  public List<Finding> look() throws IOException {
    if (site.isRunning()) {
      return List.of(
          site.status().isPresent()
              ? Finding.ok(name(), "the status page answers")
              : Finding.warn(
                  name(),
                  "the status page gives no answer",
                  "wait if the gateway has just been started; else see its log"));
    }
    String configuredPort =
        configured.values(Configured.STATUS_PAGE, "port").stream().findFirst().orElse(DEFAULT);
    int port = configuredPort.matches("\\d{1,5}") ? Integer.parseInt(configuredPort) : 0;
    if (port == 0 || port > 65_535) {
      return List.of(Finding.ok(name(), "the status page takes a free one"));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return List.of(Finding.ok(name(), port + " is free for the status page"));
    } catch (BindException taken) {
      return List.of(
          Finding.warn(
              name(),
              port + " is taken by another program",
              "end it, or set port of io.kete.status.StatusPage"));
    }
  }
}
