// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Kapua: sends what it sends, and fails on what would make it lose a message. */
final class Console implements AutoCloseable {

  static final String ACCOUNT = "acme";
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<Integer> CODES = List.of(200, 400, 404, 500);
  private static final String REQUESTER = "KapuaPool-conformance";
  private static final int REPLY_LEVELS = 6;

  private final Object change = new Object();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Random random = new Random();
  private final MqttClient client;
  private final String gateway;

  /** A message as it came. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  record Seen(String topic, int qos, boolean retained, byte[] bytes) {

    Payload payload() {
      return Payload.of(bytes);
    }
  }

  /** A reply that Kapua can read. */
  record Reply(int code, Payload payload) {

    String error() {
      return String.valueOf(payload.metrics().get("response.exception.message"));
    }
  }

  Console(String brokerUrl, String gateway) throws MqttException {
    this.gateway = gateway;
    client = new MqttClient(brokerUrl, REQUESTER + "-" + gateway, new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setConnectionTimeout(30);
    options.setUserName("kapua-sys");
    options.setPassword("kapua-password".toCharArray());
    client.connect(options);
    client.subscribe("$EDC/" + ACCOUNT + "/#", 1, this::arrived);
  }

  private void arrived(String topic, MqttMessage message) {
    seen.add(new Seen(topic, message.getQos(), message.isRetained(), message.getPayload()));
    synchronized (change) {
      change.notifyAll();
    }
  }

  /** All messages of one life-cycle topic and the others of that gateway, in their order. */
  List<String> lifecycle() {
    String prefix = "$EDC/" + ACCOUNT + "/" + gateway + "/MQTT/";
    return seen.stream()
        .map(Seen::topic)
        .filter(topic -> topic.startsWith(prefix))
        .map(topic -> topic.substring(prefix.length()))
        .toList();
  }

  List<Seen> lifecycle(String message) {
    return topic("$EDC/" + ACCOUNT + "/" + gateway + "/MQTT/" + message);
  }

  private List<Seen> topic(String topic) {
    return seen.stream().filter(message -> message.topic().equals(topic)).toList();
  }

  /** Waits until something can be had; fails when the time is over. */
  <T> T await(String what, Duration limit, Supplier<Optional<T>> wanted) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> found = wanted.get();
      if (found.isPresent()) {
        return found.get();
      }
      long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (rest <= 0) {
        throw new AssertionError("not within " + limit + ": " + what + "; seen " + tail());
      }
      pause(what, Math.min(rest, 200));
    }
  }

  /** Until the next message. Nobody is asked under the lock: who asks may publish. */
  @SuppressWarnings("WaitNotInLoop") // the caller loops
  private void pause(String what, long millis) {
    synchronized (change) {
      try {
        change.wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, e);
      }
    }
  }

  void awaitTrue(String what, Duration limit, BooleanSupplier condition) {
    await(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Fails if it becomes true within that time. */
  void assertNever(String what, Duration time, BooleanSupplier condition) {
    try {
      awaitTrue(what, time, condition);
    } catch (AssertionError never) {
      return;
    }
    throw new AssertionError(what + " happened");
  }

  private List<String> tail() {
    List<String> topics = seen.stream().map(Seen::topic).toList();
    return topics.subList(Math.max(0, topics.size() - 12), topics.size());
  }

  Reply get(String application, String resource) {
    return ask(application, "GET", resource, Map.of(), "");
  }

  Reply put(String application, String resource, String body) {
    return ask(application, "PUT", resource, Map.of(), body);
  }

  Reply exec(String application, String resource, Map<String, Object> metrics) {
    return ask(application, "EXEC", resource, metrics, "");
  }

  /** Sends a request and gives its reply, which has to be one that Kapua can read. */
  Reply ask(
      String application, String verb, String resource, Map<String, Object> metrics, String body) {
    String id = send(application, verb, resource, metrics, body);
    Seen reply =
        await(
            "reply to " + application + "/" + verb + "/" + resource,
            PATIENCE,
            () -> reply(application, id));
    assertThat(reply.topic().split("/", -1)).hasSize(REPLY_LEVELS);
    assertThat(reply.qos()).as("QoS of a reply").isZero();
    assertThat(reply.retained()).as("retain of a reply").isFalse();
    Payload payload = reply.payload();
    Object code = payload.metrics().get("response.code");
    assertThat(code)
        .as("response.code is INT32 and known to Kapua")
        .isInstanceOf(Integer.class)
        .isIn(CODES.toArray());
    return new Reply(Integer.parseInt(String.valueOf(code)), payload);
  }

  Optional<Seen> reply(String application, String id) {
    return topic("$EDC/" + ACCOUNT + "/" + requester() + "/" + application + "/REPLY/" + id)
        .stream()
        .findFirst();
  }

  Optional<Seen> any(String topic) {
    return topic(topic).stream().findFirst();
  }

  private String requester() {
    return REQUESTER + "-" + gateway;
  }

  /** Sends a request as Kapua does and gives its id. */
  String send(
      String application, String verb, String resource, Map<String, Object> metrics, String body) {
    String id = Long.toString(random.nextLong());
    Map<String, Object> all = new LinkedHashMap<>(metrics);
    all.put("request.id", id);
    all.put("requester.client.id", requester());
    String tail = application + "/" + verb + (resource.isEmpty() ? "" : "/" + resource);
    publish(tail, Payload.bytes(all, body));
    return id;
  }

  /** Sends anything to a topic below the gateway's. */
  void publish(String tail, byte[] payload) {
    try {
      client.publish("$EDC/" + ACCOUNT + "/" + gateway + "/" + tail, payload, 0, false);
    } catch (MqttException e) {
      throw new AssertionError(e);
    }
  }

  /** Notifications of one job, as Kapua reads them. */
  List<Notification> notifications(long job) {
    List<Notification> all = new ArrayList<>();
    String prefix = "$EDC/" + ACCOUNT + "/" + requester() + "/DEPLOY-V2/NOTIFY/" + gateway + "/";
    for (Seen message : seen) {
      if (message.topic().startsWith(prefix)) {
        Notification notification =
            new Notification(
                message.topic().substring(prefix.length()), message.payload().metrics());
        if (Long.valueOf(job).equals(notification.metrics().get("job.id"))) {
          all.add(notification);
        }
      }
    }
    return all;
  }

  /** What the gateway tells of a job; types as Kapua wants them. */
  record Notification(String what, Map<String, Object> metrics) {

    String status() {
      Object status = metrics.get("dp." + what + ".status");
      assertThat(status)
          .as("status words that Kapua knows")
          .isIn("IN_PROGRESS", "COMPLETED", "FAILED");
      assertThat(metrics.get("job.id")).as("job.id").isInstanceOf(Long.class);
      assertThat(metrics.getOrDefault("dp." + what + ".progress", 0))
          .as("progress")
          .isInstanceOf(Integer.class);
      return String.valueOf(status);
    }

    String message() {
      return String.valueOf(metrics.get("dp.notify.message"));
    }
  }

  /** The end of one operation of a job. */
  Notification end(long job, String operation) {
    return await(
        "end of " + operation + " " + job,
        Duration.ofSeconds(90),
        () ->
            notifications(job).stream()
                .filter(n -> n.status().equals("FAILED") || n.what().equals(operation))
                .filter(n -> !n.status().equals("IN_PROGRESS"))
                .findFirst());
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 100);
    client.close(true);
  }
}
