// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttException;

/** One gateway that is killed again and again at steps of its operations. */
final class KillTable implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int HELD_SECONDS = 45;
  private static final Pattern PORT =
      Pattern.compile("Listening for transport dt_socket at address: (\\d+)");
  private static final String BUNDLE = "kill.one";
  private static final String SIMULATOR = "io.kete.driver.simulator";
  private static final String FEATURE = "kete-driver-simulator";
  private static final String PACKAGE = "kill-package";
  private static final String DOWNLOADED = "kill-download";
  private static final String KEPT =
      "downloads/"
          + Dp.sha256((DOWNLOADED + "\n1.0.0").getBytes(StandardCharsets.UTF_8)).substring(0, 32)
          + ".dp";

  /** What is done, and to which state it leads from which. */
  enum Operation {
    DOWNLOAD(PACKAGE, "", ""),
    INSTALL(PACKAGE, "", "1.0.0"),
    UPGRADE(PACKAGE, "1.0.0", "2.0.0"),
    BROKEN_UPGRADE(PACKAGE, "1.0.0", "1.0.0"),
    UNINSTALL(PACKAGE, "1.0.0", ""),
    REPLACE_FEATURE(FEATURE, "1.0.0", "1.0.1"),
    BROKEN_FEATURE(FEATURE, "1.0.0", "1.0.0"),
    GIVE_FEATURE_BACK(FEATURE, "1.0.1", "1.0.0"),
    REPLACE_CORE(DeployIT.CORE, "1.0.0", "1.0.1"),
    BROKEN_CORE(DeployIT.CORE, "1.0.1", "1.0.1"),
    GIVE_CORE_BACK(DeployIT.CORE, "1.0.1", "1.0.0");

    private final String name;
    private final String before;
    private final String after;

    Operation(String name, String before, String after) {
      this.name = name;
      this.before = before;
      this.after = after;
    }

    private boolean isFeature() {
      return !name.equals(PACKAGE);
    }

    private boolean isCore() {
      return name.equals(DeployIT.CORE);
    }

    private String bundle() {
      return isCore() ? "io.kete.policy.cms" : isFeature() ? SIMULATOR : BUNDLE;
    }
  }

  /** A kill. */
  record Kill(Operation operation, String step) {}

  private final Site site;
  private final Product product;
  private final FileServer server;
  private final Console console;
  private final Set<String> seen = new LinkedHashSet<>();
  private Optional<Halt> halt = Optional.empty();

  private KillTable(Site site) throws Exception {
    this.site = site;
    this.product = new Product(site, Halt.OPTIONS);
    this.server = new FileServer();
    this.console = new Console(site.peer().broker());
  }

  static KillTable open(Path folder) throws Exception {
    Site site = Site.open(folder);
    DeployIT.trust(site);
    Plan plan =
        new Plan()
            .cloud(site.peer().broker())
            .component(
                "io.kete.container.deploy.Deployment",
                Plan.properties("settle.millis", 50, "settle.limit", 20));
    site.configure(plan, Plan.policy(1, ""));
    KillTable table = new KillTable(site);
    table.start();
    return table;
  }

  private void start() throws Exception {
    Path log = product.start();
    Eventually.holds(START, () -> assertThat(Files.readString(log)).containsPattern(PORT));
    Matcher port = PORT.matcher(Files.readString(log));
    assertThat(port.find()).isTrue();
    halt = Optional.of(Halt.attach(port.group(1)));
    product.awaitReady(START);
  }

  /** Every step there is. */
  List<String> allSteps() throws Exception {
    Path jar = Product.installation().resolve("bundles/io.kete.container.deploy-1.0.0.jar");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      Class<?> steps = Class.forName(Halt.STEPS, false, loader);
      return Arrays.stream(steps.getFields())
          .filter(Field::isEnumConstant)
          .map(Field::getName)
          .toList();
    }
  }

  /** The steps any operation has reached so far. */
  Set<String> seen() {
    return seen;
  }

  /** Does an operation without a kill; gives the steps it reached in their order. */
  List<String> steps(Operation operation) throws Exception {
    prepare(operation);
    Halt watching = halt.orElseThrow();
    watching.reached();
    long job = begin(operation);
    ending(operation, job);
    Eventually.holds(LIMIT, () -> assertThat(files()).noneMatch(file -> file.startsWith("jobs/")));
    List<String> steps = new ArrayList<>(new LinkedHashSet<>(watching.reached()));
    seen.addAll(steps);
    List<String> faults = new ArrayList<>();
    check(operation, job, operation.after, faults);
    assertThat(faults).as(operation + " without a kill").isEmpty();
    return steps;
  }

  /** Kills at a step and starts again; gives what is wrong afterwards. */
  List<String> kill(Kill kill) throws Exception {
    prepare(kill.operation());
    halt.orElseThrow().at(kill.step());
    console.expectNoAnswer(kill.step().equals("ORDER_NOTED"));
    long job = begin(kill.operation());
    console.expectNoAnswer(false);
    List<String> faults = new ArrayList<>();
    if (!halt.orElseThrow().isHeld(HELD_SECONDS)) {
      faults.add("the step was not reached");
    }
    product.kill();
    halt.orElseThrow().close();
    start();
    try {
      Console.Told told = ending(kill.operation(), job);
      boolean good = told.state().equals("COMPLETED");
      check(kill.operation(), job, good ? kill.operation().after : kill.operation().before, faults);
    } catch (AssertionError e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    return faults;
  }

  /** Brings about the state an operation begins with. */
  private void prepare(Operation operation) throws Exception {
    String now = console.version(operation.name);
    if (now.equals(operation.before)) {
      return;
    }
    boolean remove =
        operation.before.isEmpty() || (operation.isFeature() && operation.before.equals("1.0.0"));
    if (remove) {
      ended(console.uninstall(operation.name, now), "uninstall");
    } else {
      long job = order(operation, operation.before, false, true);
      assertThat(console.outcome(job, LIMIT).state()).isEqualTo("COMPLETED");
    }
    Eventually.holds(LIMIT, () -> assertThat(files()).noneMatch(file -> file.startsWith("jobs/")));
  }

  private void ended(long job, String operation) {
    assertThat(console.ending(job, operation, LIMIT).state()).isEqualTo("COMPLETED");
  }

  private long begin(Operation operation) throws Exception {
    return switch (operation) {
      case UNINSTALL, GIVE_FEATURE_BACK, GIVE_CORE_BACK ->
          console.uninstall(operation.name, operation.before);
      case DOWNLOAD -> order(operation, "1.0.0", false, false);
      case BROKEN_UPGRADE, BROKEN_FEATURE, BROKEN_CORE -> order(operation, "3.0.0", true, true);
      default -> order(operation, operation.after, false, true);
    };
  }

  private long order(Operation operation, String version, boolean broken, boolean install)
      throws Exception {
    byte[] content =
        operation.isCore()
            ? DeployIT.core(site, version, broken)
            : packaged(operation, version, broken).bytes(site.peer());
    String uri = server.offer(operation.name + version + ".dp", content);
    return console.order(
        uri,
        install ? operation.name : DOWNLOADED,
        version,
        Map.of(
            "dp.install",
            install,
            "dp.download.block.size",
            operation.isCore() ? 51_200 : 512,
            "dp.download.force",
            true));
  }

  private static Dp packaged(Operation operation, String version, boolean broken)
      throws IOException {
    String bundle = operation.bundle();
    Dp dp = new Dp(operation.name, version);
    if (broken) {
      return dp.plain(bundle, version, "Bundle-Activator: no.such.Activator");
    }
    if (operation.isFeature()) {
      byte[] base =
          Files.readAllBytes(Product.installation().resolve("bundles/" + SIMULATOR + "-1.0.0.jar"));
      return dp.add(bundle, version, Dp.reversioned(base, version));
    }
    return dp.plain(bundle, version).plain("kill.two", "1.0.0");
  }

  private Console.Told ending(Operation operation, long job) {
    return switch (operation) {
      case UNINSTALL, GIVE_FEATURE_BACK, GIVE_CORE_BACK -> console.ending(job, "uninstall", LIMIT);
      case DOWNLOAD -> console.ending(job, "download", LIMIT);
      default -> console.outcome(job, LIMIT);
    };
  }

  private void check(Operation operation, long job, String version, List<String> faults)
      throws Exception {
    Eventually.holds(LIMIT, () -> assertThat(files()).noneMatch(file -> file.startsWith("jobs/")));
    List<String> expected = version.isEmpty() ? List.of() : List.of(version + " ACTIVE");
    try {
      Eventually.holds(
          LIMIT,
          () -> {
            assertThat(console.version(operation.name)).as("listed").isEqualTo(version);
            assertThat(Xml.states(console.list("bundles"), operation.bundle()))
                .as(operation.bundle())
                .isEqualTo(expected);
          });
    } catch (AssertionError e) {
      faults.add("told " + version + ", but " + e.getMessage());
    }
    long endings =
        console.told(job).stream()
            .filter(Console.Told::isEnding)
            .map(told -> told.operation() + " " + told.state())
            .distinct()
            .filter(each -> !each.equals("download COMPLETED") || operation == Operation.DOWNLOAD)
            .count();
    if (endings != 1) {
      faults.add("told different endings: " + console.told(job));
    }
    orphans(operation, job).forEach(file -> faults.add(file + " is left over"));
  }

  /** Files nobody needs: all but installed packages and a download that was kept on order. */
  private List<String> orphans(Operation operation, long job) throws IOException {
    List<String> files = new ArrayList<>(files());
    files.removeAll(List.of(PACKAGE + ".dp", FEATURE + ".dp", DeployIT.CORE + ".dp"));
    boolean failed = console.told(job).stream().anyMatch(told -> told.state().equals("FAILED"));
    if (operation != Operation.DOWNLOAD || !failed) {
      files.remove(KEPT);
    }
    return files;
  }

  private List<String> files() throws IOException {
    Path packages = site.data().resolve("packages");
    try (Stream<Path> all = Files.walk(packages)) {
      return all.filter(Files::isRegularFile)
          .map(file -> packages.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() throws MqttException {
    halt.ifPresent(Halt::close);
    product.close();
    console.close();
    server.close();
    site.close();
  }
}
