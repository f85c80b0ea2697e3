// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kete.container.cloud.TopicPublisher.PublisherSettings;
import io.kete.kapua.codec.ClientId;
import io.kete.kapua.codec.KapuaAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Peers that misbehave. */
class TroubleTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final byte[] CONNACK_OK = {0x20, 2, 0, 0};
  private static final byte[] CONNACK_BAD_PASSWORD = {0x20, 2, 0, 4};

  @Test
  void runsOnWithoutABrokerAndSaysWhatToDo() throws Exception {
    int free;
    try (ServerSocket probe = new ServerSocket(0)) {
      free = probe.getLocalPort();
    }
    try (Gateway gateway = new Gateway(free, "refused")) {
      awaitProblem(gateway, "refused");
      TopicPublisher publisher =
          new TopicPublisher(new PublisherSettings("W1", "x", 1, false, false), gateway.cloud);
      assertThatThrownBy(() -> publisher.publish(new KuraMessage(new KuraPayload())))
          .isInstanceOf(KuraNotConnectedException.class);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(Gateway.threads("refused")).isEmpty());
  }

  @Tag("KETE-CONN-3")
  @Test
  void givesUpOnASilentPeerWithinTheLimit() throws Exception {
    try (Peer peer = new Peer(socket -> readUntilClosed(socket));
        Gateway gateway = new Gateway(peer.port(), "silent", Duration.ofMillis(500), 10)) {
      awaitProblem(gateway, "silent");
      await().atMost(PATIENCE).until(() -> peer.accepted.get() >= 2);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(Gateway.threads("silent")).isEmpty());
  }

  @Test
  void stopsInTheMiddleOfAnAttempt() throws Exception {
    try (Peer peer = new Peer(socket -> readUntilClosed(socket))) {
      Gateway gateway = new Gateway(peer.port(), "stopped", Duration.ofSeconds(60), 10);
      await().atMost(PATIENCE).until(() -> peer.accepted.get() == 1);
      long before = System.nanoTime();
      gateway.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(Gateway.threads("stopped")).isEmpty());
    }
  }

  @Test
  void namesWrongCredentials() throws Exception {
    try (Peer peer = new Peer(socket -> answerConnect(socket, CONNACK_BAD_PASSWORD));
        Gateway gateway = new Gateway(peer.port(), "denied")) {
      awaitProblem(gateway, "credentials");
    }
  }

  @Test
  void slowsDownWhenTheSessionIsClosedAgainAndAgain() throws Exception {
    try (Peer peer = new Peer(socket -> answerConnect(socket, CONNACK_OK));
        Gateway gateway = new Gateway(peer.port(), "stolen")) {
      await().atMost(PATIENCE).until(() -> peer.accepted.get() >= 3);
      assertThat(gateway.cloud.status().facts()).containsKey("reconnects");
      assertThat(peer.shortestPause()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }
  }

  @Tag("KETE-PUB-2")
  @Test
  void refusesMoreThanTheAllowedMessagesInFlight() throws Exception {
    try (Peer peer =
            new Peer(
                socket -> {
                  socket.getOutputStream().write(CONNACK_OK);
                  readUntilClosed(socket);
                });
        Gateway gateway = new Gateway(peer.port(), "full", Duration.ofSeconds(2), 5)) {
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);
      TopicPublisher publisher =
          new TopicPublisher(new PublisherSettings("W1", "x", 1, false, false), gateway.cloud);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 6; i++) {
                  publisher.publish(new KuraMessage(new KuraPayload()));
                }
              })
          .isInstanceOf(KuraTooManyInflightMessagesException.class);
    }
  }

  @Test
  void passesOnAConfirmationThatIsFasterThanPublish() throws Exception {
    List<String> order = new ArrayList<>();
    AtomicInteger ids = new AtomicInteger(41);
    TopicPublisher publisher =
        new TopicPublisher(
            new PublisherSettings("W1", "A1/$assetName", 1, false, false), hasty(ids));
    publisher.registerCloudDeliveryListener(id -> order.add("confirmed " + id));

    order.add(
        "published "
            + publisher.publish(new KuraMessage(new KuraPayload(), Map.of("assetName", "pump"))));

    assertThat(order).containsExactly("confirmed 42", "published 42");
  }

  @Test
  void backsOffWithJitterUpToTheMaximum() {
    Backoff backoff = new Backoff(Duration.ofSeconds(8), new java.util.Random(1));
    long[] steps = {1000, 2000, 4000, 8000, 8000, 8000};
    for (long step : steps) {
      assertThat(backoff.next().toMillis()).isBetween(step / 2, step);
    }
    backoff.reset();
    assertThat(backoff.next().toMillis()).isBetween(500L, 1000L);
  }

  /** An endpoint that confirms each message before it says which id the message has. */
  private static Endpoint hasty(AtomicInteger ids) {
    KapuaAddress address = new KapuaAddress("$EDC", "acme", new ClientId("gw"));
    return (Endpoint)
        Proxy.newProxyInstance(
            Endpoint.class.getClassLoader(),
            new Class<?>[] {Endpoint.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "address" -> address;
                  case "isConnected" -> true;
                  case "send" -> {
                    assertThat(args[0]).isEqualTo("acme/gw/W1/A1/pump");
                    int id = ids.incrementAndGet();
                    ((Confirmation) args[4]).confirmed(id);
                    yield id;
                  }
                  default -> null;
                });
  }

  private static void awaitProblem(Gateway gateway, String cause) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(gateway.cloud.status().problems())
                    .singleElement()
                    .asString()
                    .contains(cause + ": "));
  }

  private static void answerConnect(Socket socket, byte[] connack) throws IOException {
    InputStream in = socket.getInputStream();
    if (in.read() >= 0) {
      OutputStream out = socket.getOutputStream();
      out.write(connack);
      out.flush();
    }
    socket.close();
  }

  private static void readUntilClosed(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] sink = new byte[4096];
    while (in.read(sink) >= 0) {
      // says nothing
    }
  }

  private interface Script {
    void play(Socket socket) throws IOException;
  }

  /** A server that does to each connection what its script says. */
  private static final class Peer implements AutoCloseable {

    final AtomicInteger accepted = new AtomicInteger();
    private final List<Long> times = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Peer(Script script) throws IOException {
      Thread thread = new Thread(() -> serve(script), "scripted-peer");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return server.getLocalPort();
    }

    Duration shortestPause() {
      long shortest = Long.MAX_VALUE;
      for (int i = 1; i < times.size(); i++) {
        shortest = Math.min(shortest, times.get(i) - times.get(i - 1));
      }
      return Duration.ofNanos(shortest);
    }

    @Override
    public void close() throws IOException {
      server.close();
    }

    private void serve(Script script) {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          times.add(System.nanoTime());
          accepted.incrementAndGet();
          script.play(socket);
        } catch (IOException over) {
          // the next connection, or the end of the test
        }
      }
    }
  }
}
