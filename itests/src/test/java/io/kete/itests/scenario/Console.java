// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import io.kete.kapua.codec.KuraPayloadDecoder;
import io.kete.kapua.codec.KuraPayloadEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Orders packages over the broker as Kapua does, and hears what becomes of them. */
final class Console implements AutoCloseable {

  private static final String REQUESTER = "KapuaPool-1";
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration KILLED = Duration.ofSeconds(3);
  private static final String ROOT = "$EDC/" + Plan.ACCOUNT + "/";

  private final MqttClient client;
  private final AtomicLong count = new AtomicLong();
  private final Map<String, BlockingQueue<KuraPayload>> answers = new ConcurrentHashMap<>();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final List<String> births = new CopyOnWriteArrayList<>();

  private volatile boolean killed;

  /** A notification. */
  record Told(String operation, long job, String state, String message) {
    boolean isEnding() {
      return !state.equals("IN_PROGRESS");
    }
  }

  Console(int brokerPort) throws MqttException {
    client = new MqttClient("tcp://127.0.0.1:" + brokerPort, REQUESTER, new MemoryPersistence());
    client.connect();
    client.subscribe(ROOT + REQUESTER + "/+/REPLY/+", 1, (t, m) -> answered(t, m.getPayload()));
    client.subscribe(
        ROOT + REQUESTER + "/DEPLOY-V2/NOTIFY/" + Plan.GATEWAY + "/+",
        1,
        (t, m) -> heard(t, m.getPayload()));
    client.subscribe(ROOT + Plan.GATEWAY + "/MQTT/+", 1, (t, m) -> births.add(last(t)));
  }

  private static String last(String topic) {
    return topic.substring(topic.lastIndexOf('/') + 1);
  }

  private void answered(String topic, byte[] payload) {
    BlockingQueue<KuraPayload> waiting = answers.get(last(topic));
    if (waiting != null) {
      waiting.add(new KuraPayloadDecoder().decode(payload));
    }
  }

  private void heard(String topic, byte[] payload) {
    KuraPayload message = new KuraPayloadDecoder().decode(payload);
    String operation = last(topic);
    told.add(
        new Told(
            operation,
            message.getMetric("job.id") instanceof Long job ? job : -1,
            String.valueOf(message.getMetric("dp." + operation + ".status")),
            String.valueOf(message.getMetric("dp.notify.message"))));
  }

  /** BIRTH, APPS, DC in the order they came. */
  List<String> lifecycle() {
    return List.copyOf(births);
  }

  /** Everything a job was told. */
  List<Told> told(long job) {
    return told.stream().filter(each -> each.job() == job).toList();
  }

  /** Whether the gateway is about to be held before it answers. */
  void expectNoAnswer(boolean expected) {
    killed = expected;
  }

  /** Asks; gives the answer. */
  KuraPayload ask(String verbAndResource, Map<String, Object> metrics)
      throws MqttException, InterruptedException {
    return ask("DEPLOY-V2", verbAndResource, metrics);
  }

  /** Asks an application; gives the answer. */
  KuraPayload ask(String application, String verbAndResource, Map<String, Object> metrics)
      throws MqttException, InterruptedException {
    String id = Long.toString(count.incrementAndGet());
    KuraPayload request = new KuraPayload();
    request.addMetric("request.id", id);
    request.addMetric("requester.client.id", REQUESTER);
    metrics.forEach(request::addMetric);
    BlockingQueue<KuraPayload> answer = new LinkedBlockingQueue<>();
    answers.put(id, answer);
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      client.publish(
          ROOT + Plan.GATEWAY + "/" + application + "/" + verbAndResource,
          encoder.encode(request),
          0,
          false);
    }
    KuraPayload came = answer.poll((killed ? KILLED : ANSWER).toMillis(), TimeUnit.MILLISECONDS);
    answers.remove(id);
    if (came == null && killed) {
      KuraPayload none = new KuraPayload();
      none.addMetric("response.code", 200);
      return none;
    }
    if (came == null) {
      throw new IllegalStateException("no answer to " + verbAndResource);
    }
    return came;
  }

  static int code(KuraPayload answer) {
    return answer.getMetric("response.code") instanceof Integer code ? code : -1;
  }

  /** Orders a download and what comes after it; gives the job. */
  long order(String uri, String name, String version, Map<String, Object> more)
      throws MqttException, InterruptedException {
    long job = 1000 + count.incrementAndGet();
    Map<String, Object> metrics = new ConcurrentHashMap<>();
    metrics.put("job.id", job);
    metrics.put("dp.uri", uri);
    metrics.put("dp.name", name);
    metrics.put("dp.version", version);
    metrics.put("dp.download.protocol", "HTTP");
    metrics.put("dp.install.system.update", false);
    metrics.put("dp.download.block.size", 51_200);
    metrics.putAll(more);
    accept(ask("EXEC/download", metrics));
    return job;
  }

  long install(String name, String version) throws MqttException, InterruptedException {
    return byName("EXEC/install", name, version);
  }

  long uninstall(String name, String version) throws MqttException, InterruptedException {
    return byName("EXEC/uninstall", name, version);
  }

  private long byName(String what, String name, String version)
      throws MqttException, InterruptedException {
    long job = 1000 + count.incrementAndGet();
    accept(
        ask(
            what,
            Map.of(
                "job.id",
                job,
                "dp.name",
                name,
                "dp.version",
                version,
                "dp.install.system.update",
                false)));
    return job;
  }

  private static void accept(KuraPayload answer) {
    if (code(answer) != 200) {
      throw new IllegalStateException(
          code(answer) + " " + answer.getMetric("response.exception.message"));
    }
  }

  /** How an operation of a job ended. */
  Told ending(long job, String operation, Duration limit) {
    return first(limit, job, each -> each.isEnding() && each.operation().equals(operation));
  }

  /** How a download with installation ended, whichever of the two it was in. */
  Told outcome(long job, Duration limit) {
    return first(
        limit,
        job,
        each ->
            each.isEnding()
                && !(each.operation().equals("download") && each.state().equals("COMPLETED")));
  }

  private Told first(Duration limit, long job, Predicate<Told> wanted) {
    List<Told> found = new ArrayList<>();
    Eventually.holds(
        limit, () -> found.add(told(job).stream().filter(wanted).findFirst().orElseThrow()));
    return found.get(0);
  }

  /** The XML of GET packages or bundles. */
  String list(String what) throws MqttException, InterruptedException {
    KuraPayload answer = ask("GET/" + what, Map.of());
    accept(answer);
    return new String(answer.getBody(), StandardCharsets.UTF_8);
  }

  /** Version of a package in the list; empty when it is not in it. */
  String version(String name) throws MqttException, InterruptedException {
    return Xml.versions(list("packages"), "package", name).stream().findFirst().orElse("");
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(100, 100);
    client.close();
  }
}
