// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.link;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Messages per second from the store through the uplink to a broker that confirms each, against
 * what the MQTT client alone reaches with the same payloads, window and broker, in turns.
 */
public final class UplinkRate {

  private static final double BOUND = 0.7;
  private static final int WINDOW = 256;
  private static final int CHANNELS = 4;
  private static final String NEVER = "0 0 30 2 *";

  private UplinkRate() {}

  public static void main(String... args) throws Exception {
    System.exit(
        run(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])) ? 0 : 1);
  }

  private static boolean run(Path folder, int count, int rounds) throws Exception {
    List<Double> bare = new ArrayList<>();
    List<Double> publisher = new ArrayList<>();
    List<Double> transport = new ArrayList<>();
    try (Mosquitto broker = new Mosquitto(folder);
        Gateway gateway =
            new Gateway(folder.resolve("data"), broker.port(), 60, held("cloud-publisher"))) {
      List<byte[]> payloads = payloads(broker.port(), gateway);
      System.out.printf(
          "  payload %d bytes, window %d, %,d messages a turn%n",
          payloads.get(0).length, WINDOW, count);
      for (int round = 0; round <= rounds; round++) {
        double alone = bare(broker.port(), payloads, count);
        double byPublisher = uplink(gateway, "cloud-publisher", count);
        double byTransport = uplink(gateway, "data-transport", count);
        System.out.printf(
            "  %s bare %,.0f/s, uplink by publisher %,.0f/s, by transport %,.0f/s%n",
            round == 0 ? "warm-up" : "round " + round, alone, byPublisher, byTransport);
        if (round > 0) {
          bare.add(alone);
          publisher.add(byPublisher / alone);
          transport.add(byTransport / alone);
        }
      }
    }
    return judge(median(bare), median(publisher), median(transport));
  }

  private static Map<String, Object> held(String way) {
    return Map.of("transport", way, "schedule", NEVER, "window", WINDOW, "ledger.interval", 0);
  }

  /** Payloads of the uplink itself, as the broker got them. */
  private static List<byte[]> payloads(int port, Gateway gateway) throws Exception {
    List<byte[]> payloads = new CopyOnWriteArrayList<>();
    MqttAsyncClient client = client(port, "listener");
    client
        .subscribe("acme/gw-1/PUMP/#", 1, null, null, (topic, m) -> payloads.add(m.getPayload()))
        .waitForCompletion();
    uplink(gateway, "data-transport", 1_000);
    await().until(() -> payloads.size() == 1_000);
    client.disconnect().waitForCompletion();
    client.close();
    return payloads;
  }

  private static double uplink(Gateway gateway, String way, int count) throws Exception {
    gateway.uplink(held(way));
    gateway.fill(count, CHANNELS);
    long before = gateway.stream().ledger().delivered();
    long begin = System.nanoTime();
    gateway.uplink(Map.of("transport", way, "window", WINDOW, "ledger.interval", 0));
    await("all are confirmed")
        .atMost(Duration.ofMinutes(5))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> gateway.stream().ledger().delivered() - before >= count);
    return count / ((System.nanoTime() - begin) / 1e9);
  }

  private static double bare(int port, List<byte[]> payloads, int count) throws Exception {
    MqttAsyncClient client = client(port, "bare");
    Semaphore window = new Semaphore(WINDOW);
    CountDownLatch confirmed = new CountDownLatch(count);
    IMqttActionListener listener =
        new IMqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            window.release();
            confirmed.countDown();
          }

          @Override
          public void onFailure(IMqttToken token, Throwable failure) {
            throw new IllegalStateException(failure);
          }
        };
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      window.acquire();
      client.publish(
          "acme/gw-1/PUMP/pump-1", payloads.get(i % payloads.size()), 1, false, null, listener);
    }
    if (!confirmed.await(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the broker confirms nothing");
    }
    double perSecond = count / ((System.nanoTime() - begin) / 1e9);
    client.disconnect().waitForCompletion();
    client.close();
    return perSecond;
  }

  private static MqttAsyncClient client(int port, String id) throws MqttException {
    MqttAsyncClient client =
        new MqttAsyncClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(60_000);
    options.setSocketFactory(new PromptSockets());
    client.connect(options).waitForCompletion();
    return client;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static boolean judge(double bare, double publisher, double transport) {
    boolean holds = Math.min(publisher, transport) >= BOUND;
    System.out.printf(
        "%s uplink-rate: %.2f x the MQTT client alone by the cloud publisher, %.2f x by the data transport service"
            + " (client alone %,.0f/s); bound %.2f x%n",
        holds ? "PROVED" : "FAILED", publisher, transport, bare, BOUND);
    return holds;
  }
}
