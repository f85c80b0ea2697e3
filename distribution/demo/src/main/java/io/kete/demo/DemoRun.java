// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import io.kete.demo.centre.Comparison;
import io.kete.demo.centre.Orders;
import io.kete.demo.centre.Received;
import io.kete.demo.centre.Reception;
import io.kete.demo.centre.Scores;
import io.kete.demo.centre.Subscriber;
import io.kete.demo.centre.Subscriber.Login;
import io.kete.demo.link.Broker;
import io.kete.demo.link.Cut;
import io.kete.demo.plant.Plant;
import io.kete.demo.plant.Truth;
import io.kete.demo.plant.Truth.Served;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * One run: starts everything, cuts and mends the link, stops the plant, waits for the rest to
 * arrive, compares.
 */
final class DemoRun implements AutoCloseable {

  private static final Pattern PLANT_PORT = Pattern.compile("plant port=(\\d+)");
  private static final Pattern PLANT_STOPPED = Pattern.compile("stopped served=(\\d+)");
  private static final Pattern BROKER_PORT = Pattern.compile("broker port=(\\d+)");
  private static final long CHILD_SECONDS = 30;
  private static final double FIRST_SAMPLE_SECONDS = 60;
  private static final double DRAIN_SECONDS = 60;
  private static final double OFFER_SECONDS = 60;
  private static final long FULL = 20;
  private static final int ID_BYTES = 4;

  private final Plan plan;
  private final RunDirectory directory;
  private final Screen screen;
  private final Children children = new Children();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final long startNanos = System.nanoTime();
  private long arrivedBefore;
  private double shownAt;
  private long gatewayNanos;
  private long mostResident;
  private volatile Optional<GatewayStatus> status = Optional.empty();

  /** What runs, once it runs. */
  private record Site(Child plant, Child gateway, Cut line, Reception reception, Offers offers) {}

  DemoRun(Plan plan, RunDirectory directory, Screen screen) {
    this.plan = plan;
    this.directory = directory;
    this.screen = screen;
  }

  Report run() throws IOException, InterruptedException, GeneralSecurityException, MqttException {
    Child plant =
        children.add(
            Child.java(
                "plant",
                Plant.class,
                directory,
                "--seed",
                Long.toString(plan.seed()),
                "--truth",
                directory.truth().toString()));
    BrokerUrl broker = plan.broker().isPresent() ? plan.broker().get() : ownBroker();
    int modbusPort = (int) plant.await(PLANT_PORT, CHILD_SECONDS);
    String gatewayName = "pump-station-" + randomId();
    try (Cut line = new Cut(broker.host(), broker.port())) {
      Identity centre =
          new GatewaySetup(plan, directory, gatewayName).write(modbusPort, line.port());
      Reception reception =
          new Reception(centre.privateKey(), Plan.SECRET_CHANNELS, Plan.SECRET_TEXT);
      String filter = Plan.ACCOUNT + "/" + gatewayName + "/#";
      Optional<Login> login = broker.login();
      try (Subscriber subscriber =
              new Subscriber(broker.url(), "centre-" + gatewayName, login, filter, reception);
          Offers offers =
              new Offers(directory, new Orders(broker.url(), login, Plan.ACCOUNT, gatewayName))) {
        Site site = new Site(plant, startGateway(), line, reception, offers);
        live(site);
        finish(site, subscriber);
        return report(reception, offers);
      }
    }
  }

  private BrokerUrl ownBroker() throws IOException, InterruptedException {
    Child broker = children.add(Child.java("broker", Broker.class, directory));
    return new BrokerUrl(
        "127.0.0.1", (int) broker.await(BROKER_PORT, CHILD_SECONDS), Optional.empty());
  }

  private static String randomId() {
    byte[] id = new byte[ID_BYTES];
    new SecureRandom().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private Child startGateway() throws IOException {
    List<String> command =
        List.of(
            plan.home().resolve("bin/kete").toString(),
            "run",
            "--data",
            directory.gateway().toString());
    String options = System.getenv().getOrDefault("KETE_JAVA_OPTS", "") + " -XX:-UsePerfData";
    Map<String, String> environment =
        Map.of(
            "KETE_EXIT_WITH_STDIN",
            "1",
            "KETE_JAVA",
            Child.javaCommand().toString(),
            "KETE_JAVA_OPTS",
            options.strip());
    gatewayNanos = System.nanoTime();
    return children.add(Child.start("gateway", command, environment, directory));
  }

  private void live(Site site) throws IOException, InterruptedException {
    while (site.reception().highest("serial") == 0) {
      if (seconds() > FIRST_SAMPLE_SECONDS) {
        throw new IOException(
            "no sample arrived within "
                + (int) FIRST_SAMPLE_SECONDS
                + " s; see "
                + site.gateway().log());
      }
      tick(site, "starting the gateway");
    }
    Timeline timeline = Timeline.of(plan.seconds(), seconds());
    while (seconds() < timeline.cutAt() || site.offers().offered() == 0) {
      if (seconds() > timeline.cutAt() + OFFER_SECONDS) {
        throw new IOException("no model scores; see " + site.gateway().log());
      }
      site.offers().step(seconds() > timeline.swapAt() && site.reception().isScored());
      tick(site, "relaying live; the link will be cut");
    }
    cutAndMend(site, timeline);
    relayOn(site, timeline);
  }

  /** An order reaches only a gateway that is connected again: it asks the broker to keep none. */
  private void relayOn(Site site, Timeline timeline) throws IOException, InterruptedException {
    long beforeTheCut = site.reception().highest("serial");
    boolean back = false;
    while (seconds() < timeline.stopAt()
        || (!site.offers().isDone() && seconds() < timeline.stopAt() + OFFER_SECONDS)) {
      site.offers().step(back && seconds() > timeline.refuseAt());
      back = site.reception().highest("serial") > beforeTheCut;
      tick(site, relaying(timeline));
    }
  }

  private String relaying(Timeline timeline) {
    if (isFull()) {
      return "the link is back; the buffer drains";
    }
    return seconds() < timeline.stopAt()
        ? "relaying live"
        : "relaying live; the gateway decides about a model";
  }

  private void cutAndMend(Site site, Timeline timeline) throws IOException, InterruptedException {
    site.line().cut();
    while (seconds() < timeline.mendAt()) {
      long left = Math.max(1, Math.round(timeline.mendAt() - seconds()));
      site.offers().step(false);
      tick(site, "the link is cut for " + left + " s more; samples go to the disk");
    }
    site.line().mend();
  }

  private boolean isFull() {
    return status.map(present -> present.number("buffer." + Plan.STREAM, "buffered")).orElse(0L)
        > FULL;
  }

  private void finish(Site site, Subscriber subscriber) throws IOException, InterruptedException {
    site.plant().tell("stop");
    long served = site.plant().await(PLANT_STOPPED, CHILD_SECONDS);
    double limit = seconds() + DRAIN_SECONDS;
    while (!(site.reception().highest("serial") >= served && subscriber.isConnected())
        && seconds() < limit) {
      tick(site, "the plant stopped after " + served + " samples; the last ones arrive");
    }
    tick(site, "comparing");
    children.end(site.gateway());
  }

  private Report report(Reception reception, Offers offers) throws IOException {
    List<Served> served = Truth.read(directory.truth());
    List<Received> samples = reception.samples();
    List<String> secrets =
        served.stream()
            .flatMap(
                each ->
                    Plan.SECRET_CHANNELS.stream()
                        .map(channel -> each.values().getOrDefault(channel, "")))
            .flatMap(value -> SecretSearch.forms(value).stream())
            .distinct()
            .toList();
    return new Report(
        status,
        reception.counts(),
        new ArrayList<>(reception.faults()),
        Comparison.of(served, samples, Plan.DEADBANDS),
        Scores.of(
            samples, Plan.SLOT, List.of(Plan.MODEL_FIRST, Plan.MODEL_NEXT), Plan.MODEL_DAMAGED),
        offers.said(),
        SecretSearch.find(directory.gateway(), secrets),
        TimeUnit.NANOSECONDS.toMillis(
            reception.firstSampleNanos().orElse(gatewayNanos) - gatewayNanos),
        mostResident);
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** Waits a second, then shows how things are. */
  private void tick(Site site, String now) throws IOException, InterruptedException {
    if (stopped.await(1, TimeUnit.SECONDS)) {
      throw new InterruptedException("stopped from outside");
    }
    Optional<Child> ended = children.ended();
    if (ended.isPresent()) {
      throw new IOException(
          "the " + ended.get().name() + " ended too early; see " + ended.get().log());
    }
    status = GatewayStatus.ask(directory.gateway()).or(() -> status);
    GatewayStatus present = status.orElseGet(GatewayStatus::none);
    Reception.Counts counts = site.reception().counts();
    long rate = Math.round((counts.samples() - arrivedBefore) / Math.max(0.5, seconds() - shownAt));
    arrivedBefore = counts.samples();
    shownAt = seconds();
    long resident = site.gateway().residentBytes();
    mostResident = Math.max(mostResident, resident);
    screen.show(
        new View(
            shownAt,
            plan.seconds(),
            now,
            site.line().isCut() ? "CUT" : "up",
            present.number("route." + Plan.ROUTE, "captured"),
            present.sum("route." + Plan.ROUTE, "removedReadings"),
            counts.sealedBlocks(),
            present.number("buffer." + Plan.STREAM, "buffered"),
            present.number("buffer." + Plan.STREAM, "delivered"),
            rate,
            counts.samples(),
            counts.duplicates(),
            model(present),
            present.text("model." + Plan.SLOT, "lastRefusal", ""),
            resident));
  }

  private static String model(GatewayStatus status) {
    String area = "model." + Plan.SLOT;
    String version = status.text(area, "serving", "version");
    return version.isEmpty() ? "none" : version + " swaps " + status.number(area, "swaps");
  }

  /** Whether it was stopped from outside. */
  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** What the gateway last said needs an operator. */
  List<String> problems() {
    return status.map(GatewayStatus::problems).orElse(List.of());
  }

  /** Stops the run where it is and ends every process; may be called by any thread. */
  void stop() {
    stopped.countDown();
    children.close();
  }

  @Override
  public void close() {
    children.close();
  }
}
