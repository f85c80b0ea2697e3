// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kete.demo.link.Broker;
import io.kete.demo.link.Cut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Main class of the process. Prints {@code world port=N}; ends with its input.
 *
 * <p>{@code GET /device} makes a device behind a line of its own and gives the line's port; lines
 * are cut and mended by their port.
 */
public final class World {

  private final Identity centreIdentity = Identity.make("centre", KeyUsage.keyAgreement);
  private final Identity site = Identity.make("site", KeyUsage.digitalSignature);
  private final Centre centre = new Centre(centreIdentity.key());
  private final Map<Integer, Device> devices = new ConcurrentHashMap<>();
  private final Map<Integer, Cut> lines = new ConcurrentHashMap<>();
  private final Cut link;

  private World() throws Exception {
    Broker broker = new Broker(0);
    centre.subscribe(broker.port());
    link = line(broker.port());
  }

  private Cut line(int port) throws IOException {
    Cut line = new Cut("127.0.0.1", port);
    lines.put(line.port(), line);
    return line;
  }

  private int device() throws Exception {
    Device device = new Device();
    int port = line(device.start()).port();
    devices.put(port, device);
    return port;
  }

  private byte[] answer(String path, String about, byte[] body) throws Exception {
    return switch (path) {
      case "/broker" -> text(link.port());
      case "/device" -> text(device());
      case "/cut" -> {
        at(lines, about).cut();
        yield text("cut");
      }
      case "/mend" -> {
        at(lines, about).mend();
        yield text("mended");
      }
      case "/served" -> text(at(devices, about).served());
      case "/certificate" -> text((about.equals("site") ? site : centreIdentity).pem());
      case "/sign" -> site.sign(body);
      case "/samples" -> text(centre.samples(about));
      case "/counts" -> text(centre.counts(about));
      case "/faults" -> text(centre.faults(about));
      case "/topics" -> text(centre.topics());
      case "/holding" -> text(centre.holding(new String(body, StandardCharsets.ISO_8859_1)));
      default -> throw new IllegalArgumentException(path);
    };
  }

  private static <T> T at(Map<Integer, T> made, String port) {
    return Optional.ofNullable(made.get(Integer.valueOf(port))).orElseThrow();
  }

  private static byte[] text(Object value) {
    return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = exchange.getRequestURI().getQuery();
      byte[] body = exchange.getRequestBody().readAllBytes();
      int code = 200;
      byte[] answer;
      try {
        answer = answer(exchange.getRequestURI().getPath(), query == null ? "" : query, body);
      } catch (Exception wrong) { // border of the process: the test that asked has to see it
        answer = text(wrong);
        code = 500;
      }
      exchange.sendResponseHeaders(code, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** Runs until the input ends. */
  public static void main(String[] args) throws Exception {
    World world = new World();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", world::handle);
    server.start();
    System.out.println("world port=" + server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // what is said means nothing
    }
    System.exit(0);
  }
}
