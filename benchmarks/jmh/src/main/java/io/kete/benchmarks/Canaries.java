// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import static org.awaitility.Awaitility.await;

import io.kete.demo.link.Broker;
import io.kete.kapua.codec.KuraPayloadEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Plants values nobody else has in sealed, dropped, pseudonymised and kept channels of an installed
 * gateway with debug logging, cuts its link, kills it, changes its policy, and then looks for every
 * value in all its files, in what it logged and showed, and in every byte on the wire.
 */
public final class Canaries {

  private static final String RULES =
      """
      {"format": "kete-policy/1", "version": %d, "recipients": {"centre": "centre.pem"},
       "rules": [{"name": "a", "channel": "control", "action": "plain"},
                 {"name": "b", "channel": "%s", "action": "drop"},
                 {"name": "c", "channel": "%s", "action": "keep"},
                 {"name": "d", "channel": "%s", "action": "pseudonymise", "recipient": "centre"}]}
      """;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(300);

  private final Path root;
  private final int wanted;
  private final CanaryDevice device = new CanaryDevice();
  private final CanarySite site;
  private final List<String> faults = new ArrayList<>();

  private Canaries(Path root, int wanted) throws IOException {
    this.root = root;
    this.wanted = wanted;
    this.site = new CanarySite(root);
  }

  public static void main(String... args) throws Exception {
    Canaries run = new Canaries(Path.of(args[0]), Integer.parseInt(args[1]));
    System.exit(run.run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    Path capture = root.resolve("wire.bin");
    Path pages = root.resolve("pages.txt");
    Path opened = root.resolve("opened.txt");
    try (Broker broker = new Broker(0);
        Tap line = new Tap(broker.port(), capture);
        OutputStream shown = Files.newOutputStream(pages)) {
      site.configure(device.start(), line.port());
      site.policy(RULES.formatted(1, "dropped", "kept", "pseudonym"));
      Process centre = unseal(broker.port(), opened);
      ScheduledExecutorService observer = observer(shown);
      try {
        events(line, broker.port());
      } finally {
        site.kill();
        observer.shutdown();
        observer.awaitTermination(10, TimeUnit.SECONDS);
        centre.destroy();
        centre.waitFor(10, TimeUnit.SECONDS);
      }
    }
    return judge(capture, pages, opened);
  }

  private void events(Tap line, int broker) throws Exception {
    site.start();
    planted(wanted / 5);
    until("the model scores", () -> number(fact("model.anomaly", "scored")) > 0);
    until("the store sends", () -> !fact("buffer.telemetry", "delivered").matches("|0"));
    line.cut();
    planted(2 * wanted / 5);
    site.kill();
    site.start();
    planted(3 * wanted / 5);
    line.mend();
    until("the backlog is sent", () -> fact("buffer.telemetry", "buffered").matches("\\d{1,2}"));
    site.policy(RULES.formatted(2, "pseudonym", "sealed", "dropped"));
    reload(broker, () -> fact("policy", "version").equals("2"));
    planted(4 * wanted / 5);
    site.policy("{ broken");
    reload(broker, () -> !fact("policy", "version").isEmpty());
    site.kill();
    site.start();
    planted(wanted);
    until("the last samples are sent", () -> !fact("buffer.telemetry", "delivered").matches("|0"));
    until("the model scores again", () -> number(fact("model.anomaly", "scored")) > 0);
    site.stop();
  }

  /** Waits until the device gave out so many values more than before the start. */
  private void planted(int number) {
    until("the gateway reads its device", () -> device.planted() >= number);
  }

  private void until(String what, Callable<Boolean> condition) {
    until(what, LOOK, condition);
  }

  private void until(String what, Duration interval, Callable<Boolean> condition) {
    try {
      await(what).atMost(PATIENCE).pollDelay(interval).pollInterval(interval).until(condition);
    } catch (ConditionTimeoutException e) {
      faults.add("waited in vain until " + what);
    }
  }

  private static long number(String fact) {
    return fact.matches("\\d{1,18}") ? Long.parseLong(fact) : 0;
  }

  private String fact(String area, String name) {
    try {
      return site.fact(area, name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Has the gateway look at its policy again, by a request over the broker. */
  private void reload(int broker, BooleanSupplier condition) throws Exception {
    try (MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + broker, "console", new MemoryPersistence())) {
      client.connect();
      KuraPayload request = new KuraPayload();
      request.addMetric("request.id", "1");
      request.addMetric("requester.client.id", "console");
      try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
        byte[] bytes = encoder.encode(request);
        String topic =
            "$EDC/" + CanarySite.ACCOUNT + "/" + CanarySite.GATEWAY + "/POLICY-V1/EXEC/reload";
        until(
            "the policy is read again",
            BETWEEN_REQUESTS,
            () -> {
              boolean reached = condition.getAsBoolean();
              if (!reached) {
                client.publish(topic, bytes, 1, false);
              }
              return reached;
            });
      }
      client.disconnect();
    }
  }

  private Process unseal(int broker, Path opened) throws IOException {
    return new ProcessBuilder(
            site.home().resolve("bin/kete").toString(),
            "unseal",
            "--key",
            root.resolve("centre.key").toString(),
            "--broker",
            "tcp://127.0.0.1:" + broker,
            "--topic",
            CanarySite.ACCOUNT + "/#")
        .redirectOutput(opened.toFile())
        .redirectError(root.resolve("unseal.err").toFile())
        .start();
  }

  private ScheduledExecutorService observer(OutputStream shown) {
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    thread.scheduleWithFixedDelay(
        () -> {
          try {
            site.observe(shown);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        0,
        500,
        TimeUnit.MILLISECONDS);
    return thread;
  }

  private List<Path> ownFiles(Path capture, Path pages) throws IOException {
    List<Path> files = new ArrayList<>(List.of(capture, pages, root.resolve("console.log")));
    try (Stream<Path> own = Files.walk(site.data())) {
      own.filter(Files::isRegularFile).forEach(files::add);
    }
    return files;
  }

  private CanarySearch secrets() {
    CanarySearch secrets = new CanarySearch();
    secrets.texts(device.secrets());
    secrets.numbers(device.numbers());
    secrets.fractions(device.scored());
    return secrets;
  }

  private static CanarySearch texts(List<String> texts) {
    CanarySearch search = new CanarySearch();
    search.texts(texts);
    return search;
  }

  /** How many values of a search the files hold; those files are named. */
  private int found(CanarySearch search, List<Path> files) throws IOException {
    int hits = 0;
    for (Path file : files) {
      int found = search.in(file);
      hits += found;
      if (found > 0) {
        System.out.println("  found " + found + " in " + root.relativize(file));
      }
    }
    return hits;
  }

  /** The broker's password is used, and lies nowhere in clear. */
  private boolean passwordKept(Path capture, List<Path> files) throws IOException {
    CanarySearch password = texts(List.of(CanarySite.PASSWORD));
    List<Path> resting = files.stream().filter(file -> !file.equals(capture)).toList();
    int atRest = found(password, resting);
    boolean used = password.in(capture) > 0;
    System.out.printf("the broker's password: sent to the broker %s, at rest %d%n", used, atRest);
    return used && atRest == 0;
  }

  private boolean judge(Path capture, Path pages, Path opened) throws IOException {
    List<Path> files = ownFiles(capture, pages);
    int hits = found(secrets(), files);
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    int controls = texts(device.controls()).in(capture);
    int unsealed = texts(device.sealed()).in(opened);
    long scores = Files.readString(opened).lines().filter(line -> line.contains("score")).count();
    boolean debug = Files.readString(root.resolve("console.log")).contains(" DEBUG ");
    faults.forEach(fault -> System.out.println("  " + fault));
    System.out.printf(
        "planted %d (%d of them inputs of a model), files %d with %d bytes, debug logging %s; of"
            + " the control channel %d on the wire, of the sealed channel %d opened by the centre,"
            + " with %d scores%n",
        device.planted(),
        device.scored().size(),
        files.size(),
        bytes,
        debug,
        controls,
        unsealed,
        scores);
    boolean complete = debug && controls > 0 && unsealed > 0 && scores > 0;
    boolean kept = passwordKept(capture, files);
    boolean holds = hits == 0 && kept && faults.isEmpty() && complete && device.planted() >= wanted;
    System.out.printf(
        "%s canaries: %d of %d planted values found in store, logs, status, metrics, wire and own"
            + " files (bound 0 of at least %d)%n",
        holds ? "PROVED" : "FAILED", hits, device.planted(), wanted);
    return holds;
  }
}
