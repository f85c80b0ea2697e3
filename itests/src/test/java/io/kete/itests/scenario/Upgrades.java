// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.JsonObject;
import io.kete.itests.probe.RestartProbe;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * A gateway with core, routes and driver of the archive and a model of the site, a repository with
 * newer ones, and samples that flow all the time.
 */
final class Upgrades implements AutoCloseable {

  static final String STEPS = "io.kete.container.deploy.install.SetStep";
  private static final String STREAM = "telemetry";
  private static final String MODEL = "mark";
  private static final String CORE = "kete-core";
  private static final String ROUTE = "kete-route";
  private static final String DRIVER = "kete-driver-simulator";
  private static final String MODELS = "itest-model";
  private static final String ARCHIVE = "1.0.0";
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int ASSETS = 22;
  private static final Pattern PORT =
      Pattern.compile("Listening for transport dt_socket at address: (\\d+)");

  private static final Pattern FAILED =
      Pattern.compile(" (sample_failed|poll_failed|route_drain_timeout|route_settle_timeout) ");

  /** What changes in version 1.1 of each package. */
  private static final Map<String, Set<String>> CHANGED =
      Map.of(
          CORE, Set.of("io.kete.buffer.h2", "io.kete.uplink.cloud", "io.kete.status"),
          ROUTE, Set.of("io.kete.route.camel"),
          DRIVER, Set.of("io.kete.driver.simulator"),
          MODELS, Set.of("itests.models." + MODEL));

  private static final String NEXT =
      CORE + "@1.1.0 " + ROUTE + "@1.1.0 " + DRIVER + "@1.1.0 " + MODELS + "@2.0.0";

  /** What is ordered, and whether it can be done. */
  enum Operation {
    /** Core, route, driver and model while everything runs. */
    LIVE(NEXT, true),
    /** A set of which one does not start. */
    BROKEN(NEXT.replace(ROUTE + "@1.1.0", ROUTE + "@1.3.0"), false),
    /** A core with another API, for which the framework starts anew. */
    ANEW(CORE + "@1.2.0 " + ROUTE + "@1.1.0 " + DRIVER + "@1.1.0", true);

    private final String packages;
    private final boolean good;

    Operation(String packages, boolean good) {
      this.packages = packages;
      this.good = good;
    }

    private Map<String, String> wanted() {
      Map<String, String> wanted = new TreeMap<>();
      for (String word : packages.split(" ", -1)) {
        wanted.put(word.split("@", -1)[0], word.split("@", -1)[1]);
      }
      return wanted;
    }
  }

  private static final Map<String, String> FIRST =
      new TreeMap<>(Map.of(CORE, ARCHIVE, ROUTE, ARCHIVE, DRIVER, ARCHIVE, MODELS, ARCHIVE));

  private final Site site;
  private final Depot depot;
  private final Product product;
  private final Traffic traffic;
  private Optional<Halt> halt = Optional.empty();
  private int orders;

  private Upgrades(Site site, boolean halts) throws Exception {
    this.site = site;
    this.depot = new Depot(site);
    this.product = new Product(site, halts ? Halt.OPTIONS : "");
    this.traffic = new Traffic(STREAM);
  }

  static Upgrades open(Path folder, boolean halts) throws Exception {
    Site site = Site.open(folder);
    DeployIT.trust(site);
    Upgrades upgrades = new Upgrades(site, halts);
    upgrades.configure(halts);
    upgrades.fill();
    upgrades.start();
    return upgrades;
  }

  /** A route that waits for its model is slow to stop without one: see docs/operations.md. */
  private void configure(boolean stops) {
    String model = "model:anomaly?bind=flow:flow" + (stops ? "" : "&wait=true");
    Plan plan =
        new Plan()
            .stream(STREAM)
                .slot("anomaly", MODEL, STREAM)
                .cloud(traffic.port())
                .component(
                    "io.kete.container.deploy.Deployment",
                    Plan.properties("settle.millis", 1000, "settle.limit", 40));
    for (int i = 0; i < ASSETS; i++) {
      plan.simulated("sim-" + i, "fast-" + i);
      plan.route(
          "r" + i,
          Plan.text("asset:fast-" + i + "?period=10&backoff.max=100", model, "buffer:" + STREAM));
    }
    site.configure(plan, Plan.policy(1, "\"*/*\""));
  }

  /** All versions into the repository; the model and the probe into the gateway. */
  private void fill() throws Exception {
    Set<String> all =
        Set.of(
            "io.kete.data.api",
            "io.kete.policy.api",
            "io.kete.buffer.api",
            "io.kete.model.api",
            "io.kete.policy.cms",
            "io.kete.buffer.h2",
            "io.kete.uplink.cloud",
            "io.kete.status");
    depot.offer(
        1,
        Depot.feature(CORE, "1.0.0", Set.of()).bytes(),
        Depot.feature(CORE, "1.1.0", CHANGED.getOrDefault(CORE, Set.of())).bytes(),
        Depot.feature(CORE, "1.2.0", all).bytes(),
        Depot.feature(ROUTE, "1.0.0", Set.of()).bytes(),
        Depot.feature(ROUTE, "1.1.0", CHANGED.getOrDefault(ROUTE, Set.of())).bytes(),
        new Dp(ROUTE, "1.3.0")
            .plain("io.kete.route.camel", "1.3.0", "Bundle-Activator: no.such.Activator")
            .bytes(),
        Depot.feature(DRIVER, "1.0.0", Set.of()).bytes(),
        Depot.feature(DRIVER, "1.1.0", CHANGED.getOrDefault(DRIVER, Set.of())).bytes(),
        model(1),
        model(2),
        probe());
    preinstall();
  }

  /** What this site has beside the archive. */
  private void preinstall() throws IOException {
    Path packages = Files.createDirectories(site.data().resolve("packages"));
    for (String name : List.of(MODELS, "itest-probe")) {
      Files.copy(
          depot.root().resolve("packages/" + name + "_1.0.0.dp"), packages.resolve(name + ".dp"));
    }
  }

  private byte[] model(int major) throws IOException {
    Path jar =
        ModelJar.of(MODEL, major)
            .write(site.home().resolve("models/" + major + ".jar"), site.peer());
    return new Dp(MODELS, major + ".0.0")
        .add("itests.models." + MODEL, major + ".0.0", Files.readAllBytes(jar))
        .bytes();
  }

  private static byte[] probe() throws IOException {
    String type = RestartProbe.class.getName();
    String file = type.replace('.', '/') + ".class";
    byte[] bundle =
        Dp.bundle(
            "itests.probe",
            "1.0.0",
            "Bundle-Activator: " + type,
            "Import-Package: org.osgi.framework");
    try (InputStream in =
        Objects.requireNonNull(RestartProbe.class.getResourceAsStream("/" + file))) {
      byte[] whole = Dp.swapped(bundle, file, in.readAllBytes());
      return new Dp("itest-probe", "1.0.0").add("itests.probe", "1.0.0", whole).bytes();
    }
  }

  private void start() throws Exception {
    Path log = product.start();
    if (product.isHalted()) {
      Eventually.holds(LIMIT, () -> assertThat(Files.readString(log)).containsPattern(PORT));
      Matcher port = PORT.matcher(Files.readString(log));
      assertThat(port.find()).isTrue();
      halt = Optional.of(Halt.attach(port.group(1), STEPS));
    }
    product.awaitReady(LIMIT);
    awaitFlow();
  }

  /** Samples are accepted, whatever happened before. */
  void awaitFlow() {
    long before = accepted();
    Eventually.holds(LIMIT, () -> assertThat(accepted()).isGreaterThan(before + 500));
  }

  long accepted() {
    return product.facts("buffer." + STREAM).getLong("accepted", 0);
  }

  /** Lines of the log that tell of a sample that did not get through a route. */
  List<String> failed() throws IOException {
    try (Stream<Path> logs = Files.list(site.home())) {
      List<String> failed = new ArrayList<>();
      for (Path log : logs.filter(each -> each.toString().endsWith(".log")).toList()) {
        Files.readAllLines(log).stream()
            .filter(line -> FAILED.matcher(line).find())
            .forEach(failed::add);
      }
      return failed;
    }
  }

  Traffic traffic() {
    return traffic;
  }

  Halt halt() {
    return halt.orElseThrow();
  }

  /** Names of the bundles that stopped, were updated or went since the last call. */
  Set<String> restarted() throws IOException {
    Path file = site.data().resolve("log/restarts");
    if (!Files.exists(file)) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>(Files.readAllLines(file));
    Files.delete(file);
    return names;
  }

  /** The bundles version 1.1 changes. */
  static Set<String> changed() {
    Set<String> all = new TreeSet<>();
    CHANGED.values().forEach(all::addAll);
    return all;
  }

  /** Gives an order as the command does; gives its id. */
  String order(Operation operation) throws IOException {
    String id = "order-" + ++orders;
    Path folder = Files.createDirectories(site.data().resolve("dropin/repository"));
    Path file = folder.resolve(id + ".unfinished");
    Files.writeString(
        file,
        "what=install\npackages=" + operation.packages + "\nrepository=" + depot.address() + "\n");
    Files.move(file, folder.resolve(id + ".order"), StandardCopyOption.ATOMIC_MOVE);
    return id;
  }

  /** How an order ended: whether it was done, and the message. */
  Map.Entry<Boolean, String> outcome(String id) throws IOException {
    Path folder = site.data().resolve("dropin/repository");
    Eventually.holds(
        LIMIT,
        () -> {
          assertThat(folder.resolve(id + ".outcome")).exists();
          assertThat(folder.resolve(id + ".order")).doesNotExist();
          assertThat(folder.resolve(id + ".running")).doesNotExist();
        });
    Properties outcome = new Properties();
    outcome.load(new StringReader(Files.readString(folder.resolve(id + ".outcome"))));
    return Map.entry(
        Boolean.parseBoolean(outcome.getProperty("good")), outcome.getProperty("message", ""));
  }

  /** What the archive has and the first model again; only the stored samples stay. */
  void reset() throws Exception {
    if (orders == 0) {
      return;
    }
    product.kill();
    halt.ifPresent(Halt::close);
    empty(site.data().resolve("packages"), file -> !file.endsWith("seen"));
    empty(site.data().resolve("models"), file -> true);
    empty(site.data().resolve("dropin/repository"), file -> true);
    preinstall();
    start();
  }

  private static void empty(Path folder, Predicate<Path> which) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).filter(which).toList()) {
        Files.delete(file);
      }
    }
  }

  private Map<String, String> installed() {
    JsonObject all =
        Optional.ofNullable(product.facts("deploy").get("installed"))
            .map(each -> each.asObject())
            .orElse(new JsonObject());
    Map<String, String> found = new TreeMap<>();
    // what came as no package is the archive's
    FIRST.keySet().forEach(name -> found.put(name, all.getString(name, ARCHIVE)));
    return found;
  }

  /** The version of the model that scores. */
  private String serving() {
    return Optional.ofNullable(product.facts("model.anomaly").get("serving"))
        .map(each -> each.asObject().getString("version", ""))
        .orElse("");
  }

  /** SIGKILL, and another start. */
  void kill() throws Exception {
    product.kill();
    halt.ifPresent(Halt::close);
    start();
  }

  /** What is wrong after an operation that was done or refused. */
  List<String> faults(Operation operation, Map.Entry<Boolean, String> outcome) {
    List<String> faults = new ArrayList<>();
    Map<String, String> expected = new TreeMap<>(FIRST);
    if (outcome.getKey()) {
      expected.putAll(operation.wanted());
    }
    if (outcome.getKey() && !operation.good) {
      faults.add("a broken set was installed");
    }
    try {
      Eventually.holds(LIMIT, () -> assertThat(installed()).isEqualTo(expected));
      Eventually.holds(LIMIT, () -> assertThat(serving()).isEqualTo(expected.get(MODELS)));
      Eventually.holds(LIMIT, () -> assertThat(orphans()).isEmpty());
      awaitFlow();
    } catch (AssertionError e) {
      faults.add("told " + outcome + ", but " + e.getMessage());
    }
    return faults;
  }

  /** Files that should not be there when no order is open. */
  private List<String> orphans() throws IOException {
    Path packages = site.data().resolve("packages");
    try (Stream<Path> all = Files.walk(packages)) {
      return all.filter(Files::isRegularFile)
          .map(file -> packages.relativize(file).toString())
          .filter(file -> file.contains("/"))
          .filter(file -> !file.matches("repository/(seen|[0-9a-f]{64}\\.dp)"))
          .toList();
    }
  }

  @Override
  public void close() throws MqttException {
    halt.ifPresent(Halt::close);
    product.close();
    traffic.close();
    depot.close();
    site.close();
  }
}
