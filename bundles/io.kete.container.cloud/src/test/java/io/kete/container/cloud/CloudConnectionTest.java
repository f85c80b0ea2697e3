// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.container.cloud.TopicPublisher.PublisherSettings;
import io.kete.kapua.codec.KuraPayloadEncoder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole connection against a real broker. */
class CloudConnectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static TestBroker broker;
  private Watcher watcher;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestBroker(0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void watch() throws Exception {
    watcher = new Watcher(broker.port(), "$EDC/#", "acme/#");
  }

  @AfterEach
  void stopWatching() throws Exception {
    watcher.close();
  }

  @Test
  void saysBirthFirstWithTextsOnly() {
    try (Gateway gateway = new Gateway(broker.port(), "birth")) {
      gateway.cloud.registerRequestHandler("B-V1", new Echo());
      gateway.cloud.registerRequestHandler("A-V1", new Echo());
      await().atMost(PATIENCE).until(() -> !watcher.seen.isEmpty());

      assertThat(watcher.topics().get(0)).isEqualTo("$EDC/acme/birth/MQTT/BIRTH");
      Map<String, String> birth = watcher.seen.get(0).texts();
      assertThat(birth)
          .containsEntry("display_name", "Pump house")
          .containsEntry("accept_encoding", "gzip")
          .containsEntry("application_framework", "Kete")
          .containsKeys(
              "uptime",
              "os",
              "os_arch",
              "jvm_name",
              "available_processors",
              "total_memory",
              "payload_encoding");
      assertThat(birth.keySet())
          .as("a colon marks a metric that is no text")
          .noneMatch(name -> name.contains(":"));
      assertThat(birth.get("uptime")).matches("\\d+");
    }
  }

  @Test
  void announcesChangedApplicationsOnceAfterADelay() {
    try (Gateway gateway = new Gateway(broker.port(), "apps")) {
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);
      gateway.cloud.registerRequestHandler("B-V1", new Echo());
      gateway.cloud.registerRequestHandler("A-V1", new Echo());
      await().atMost(PATIENCE).until(() -> watcher.topics().contains("$EDC/acme/apps/MQTT/APPS"));

      assertThat(watcher.first("$EDC/acme/apps/MQTT/APPS").texts())
          .containsEntry("application_ids", "A-V1,B-V1");
      gateway.cloud.unregister("B-V1");
      await()
          .atMost(PATIENCE)
          .until(() -> watcher.topics().stream().filter(t -> t.endsWith("/APPS")).count() == 2);
      assertThat(watcher.seen.get(watcher.seen.size() - 1).texts())
          .containsEntry("application_ids", "A-V1");
    }
  }

  @Test
  void answersRequestsOfKnownApplicationsOnly() throws Exception {
    try (Gateway gateway = new Gateway(broker.port(), "req")) {
      gateway.cloud.registerRequestHandler("ECHO-V1", new Echo());
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);
      await().atMost(PATIENCE).until(() -> answered("ECHO-V1/GET/probe", "probe"));

      assertThat(answer("ECHO-V1/GET/a/b", "1"))
          .containsEntry("response.code:3", "200")
          .containsEntry("args", "[a, b]");
      assertThat(answer("ECHO-V1/PUT/a", "2")).containsEntry("response.code:3", "400");
      assertThat(answer("ECHO-V1/DEL/a", "3")).containsEntry("response.code:3", "404");
      assertThat(answer("ECHO-V1/EXEC/a", "4")).containsEntry("response.code:3", "500");
      assertThat(answer("ECHO-V1/POST/a", "5")).containsEntry("response.code:3", "500");
      assertThat(answer("ECHO-V1/SUBMIT/a", "6")).containsEntry("response.code:3", "400");

      request("UNKNOWN-V1/GET/a", "7");
      watcher.publish("$EDC/acme/req/ECHO-V1/GET/a", new byte[] {1, 2, 3});
      assertThat(answer("ECHO-V1/GET/last", "8")).containsEntry("args", "[last]");
      assertThat(watcher.topics()).noneMatch(topic -> topic.contains("UNKNOWN-V1/REPLY"));
      await()
          .atMost(PATIENCE)
          .until(() -> watcher.topics().contains("$EDC/acme/console/ECHO-V1/NOTIFY/req/progress"));
    }
  }

  @Tag("KETE-PUB-3")
  @Test
  void deliversAndConfirmsEveryMessage() {
    try (Gateway gateway = new Gateway(broker.port(), "pub")) {
      TopicPublisher publisher =
          new TopicPublisher(
              new PublisherSettings("W1", "A1/$assetName", 1, false, false), gateway.cloud);
      Set<String> confirmed = ConcurrentHashMap.newKeySet();
      publisher.registerCloudDeliveryListener(confirmed::add);
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);

      Set<String> sent = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        sent.add(publishPatiently(publisher, i));
      }
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(confirmed).isEqualTo(sent));
      assertThat(sent).hasSize(1000);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  watcher.topics().stream().filter(t -> t.startsWith("acme/pub/W1/A1/")).count()
                      == 1000);
      assertThat(watcher.topics()).contains("acme/pub/W1/A1/pump-0", "acme/pub/W1/A1/pump-9");
      assertThat(gateway.cloud.status().facts())
          .containsEntry("connected", true)
          .containsEntry("reconnects", 0L);
      publisher.deactivate();
    }
  }

  @Tag("KETE-SUB-1")
  @Test
  void receivesWhatASubscriberAsksFor() throws Exception {
    try (Gateway gateway = new Gateway(broker.port(), "sub")) {
      TopicSubscriber subscriber =
          new TopicSubscriber(TopicSubscriber.subscription("W1", "in/#", 1, "data"), gateway.cloud);
      List<KuraMessage> got = new java.util.concurrent.CopyOnWriteArrayList<>();
      subscriber.registerCloudSubscriberListener(got::add);
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);
      KuraPayload payload = new KuraPayload();
      payload.addMetric("setpoint", 4.5);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                watcher.publish("acme/sub/W1/in/x", encoded(payload));
                return !got.isEmpty();
              });
      assertThat(got.get(0).getPayload().getMetric("setpoint")).isEqualTo(4.5);
    }
  }

  @Test
  void leavesATestamentWhenTheWireIsCutAndComesBack() throws Exception {
    try (Relay relay = new Relay(broker.port());
        Gateway gateway = new Gateway(relay.port(), "cut")) {
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);
      relay.cut();
      await().atMost(PATIENCE).until(() -> watcher.topics().contains("$EDC/acme/cut/MQTT/LWT"));
      assertThat(watcher.first("$EDC/acme/cut/MQTT/LWT").payload()).isEmpty();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  watcher.topics().stream().filter("$EDC/acme/cut/MQTT/BIRTH"::equals).count()
                      == 2);
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);
      assertThat(gateway.cloud.status().facts()).containsEntry("reconnects", 1L);
    }
  }

  @Test
  void comesBackAfterABrokerRestart() throws Exception {
    TestBroker first = new TestBroker(0);
    int port = first.port();
    try (Gateway gateway = new Gateway(port, "restart")) {
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);
      first.close();
      await().atMost(PATIENCE).until(() -> !gateway.cloud.isConnected());
      await().atMost(PATIENCE).until(() -> !gateway.cloud.status().problems().isEmpty());
      try (TestBroker second = new TestBroker(port)) {
        assertThat(second.port()).isEqualTo(port);
        await().atMost(PATIENCE).until(gateway.cloud::isConnected);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(gateway.cloud.status().problems()).isEmpty());
      }
    }
  }

  @Test
  void saysGoodByeAndLeavesNoThread() {
    Gateway gateway = new Gateway(broker.port(), "bye");
    await().atMost(PATIENCE).until(gateway.cloud::isConnected);
    assertThat(Gateway.threads("bye")).isNotEmpty();

    gateway.close();

    await().atMost(PATIENCE).until(() -> watcher.topics().contains("$EDC/acme/bye/MQTT/DC"));
    assertThat(watcher.first("$EDC/acme/bye/MQTT/DC").texts())
        .containsKeys("uptime", "display_name");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(Gateway.threads("bye")).isEmpty());
    assertThat(watcher.topics()).doesNotContain("$EDC/acme/bye/MQTT/LWT");
  }

  @Tag("KETE-REQ-6")
  @Test
  void refusesRequestsAtOnceWhenTooManyWait() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    RequestHandler slow =
        new RequestHandler() {
          @Override
          public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
              throws KuraException {
            try {
              assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new KuraException(KuraErrorCode.INTERNAL_ERROR, e);
            }
            return new KuraMessage(new KuraPayload());
          }
        };
    try (Gateway gateway = new Gateway(broker.port(), "req")) {
      gateway.cloud.registerRequestHandler("ECHO-V1", new Echo());
      gateway.cloud.registerRequestHandler("SLOW-V1", slow);
      await().atMost(PATIENCE).until(() -> answered("ECHO-V1/GET/probe", "ready"));
      for (int i = 0; i < 80; i++) {
        request("SLOW-V1/GET/x", "slow" + i);
      }
      await().atMost(PATIENCE).until(() -> replies("SLOW-V1", "500") > 0);
      assertThat(replies("SLOW-V1", "200")).isZero();
      release.countDown();
      await()
          .atMost(PATIENCE)
          .until(() -> replies("SLOW-V1", "500") + replies("SLOW-V1", "200") == 80);
      assertThat(replies("SLOW-V1", "200")).isGreaterThanOrEqualTo(64);
    }
  }

  private long replies(String application, String code) {
    return watcher.seen.stream()
        .filter(seen -> seen.topic().contains("/" + application + "/REPLY/"))
        .filter(seen -> code.equals(seen.texts().get("response.code:3")))
        .count();
  }

  private boolean answered(String tail, String id) throws MqttException {
    request(tail, id);
    return watcher.topics().stream().anyMatch(topic -> topic.endsWith("/REPLY/" + id));
  }

  private Map<String, String> answer(String tail, String id) throws MqttException {
    request(tail, id);
    String topic = "$EDC/acme/console/" + tail.substring(0, tail.indexOf('/')) + "/REPLY/" + id;
    await().atMost(PATIENCE).until(() -> watcher.topics().contains(topic));
    return watcher.first(topic).texts();
  }

  private void request(String tail, String id) throws MqttException {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("request.id", id);
    payload.addMetric("requester.client.id", "console");
    watcher.publish("$EDC/acme/req/" + tail, encoded(payload));
  }

  private static byte[] encoded(KuraPayload payload) {
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      return encoder.encode(payload);
    }
  }

  private static String publishPatiently(TopicPublisher publisher, int i) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("value", i);
    KuraMessage message = new KuraMessage(payload, Map.of("assetName", "pump-" + i % 10));
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> tried(publisher, message), id -> !id.isEmpty());
  }

  private static String tried(TopicPublisher publisher, KuraMessage message) throws KuraException {
    try {
      return publisher.publish(message);
    } catch (KuraTooManyInflightMessagesException full) {
      return "";
    }
  }

  private static final class Echo implements RequestHandler {

    @Override
    public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
        throws KuraException {
      KuraPayload answer = new KuraPayload();
      answer.addMetric("args", String.valueOf(request.getProperties().get("args")));
      context
          .getNotificationPublisher()
          .publish(
              new KuraMessage(
                  new KuraPayload(),
                  Map.of(
                      "appId",
                      "ECHO-V1",
                      "messageType",
                      "progress",
                      "requestorClientId",
                      "console")));
      return new KuraMessage(answer);
    }

    @Override
    public KuraMessage doPut(RequestHandlerContext context, KuraMessage request)
        throws KuraException {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, "no");
    }

    @Override
    public KuraMessage doDel(RequestHandlerContext context, KuraMessage request)
        throws KuraException {
      throw new KuraException(KuraErrorCode.NOT_FOUND, "no");
    }

    @Override
    public KuraMessage doExec(RequestHandlerContext context, KuraMessage request) {
      throw new IllegalStateException("broken handler");
    }
  }
}
