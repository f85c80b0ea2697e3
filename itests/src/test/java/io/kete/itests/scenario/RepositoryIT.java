// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.kura.message.KuraPayload;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The installed product and a repository, by command, by REPO-V1 and by Kapua's plain address. */
public class RepositoryIT {

  private static final Duration START = Duration.ofSeconds(60);
  private static final String BASE = "plant-base";
  private static final String TOP = "plant-top";

  private Site site;
  private Depot depot;
  private Product product;

  @Before
  public void setUp() throws Exception {
    boolean built = Files.isRegularFile(Product.installation().resolve("bin/kete"));
    if (!built) {
      System.out.println("RepositoryIT is skipped: the distribution is not built");
    }
    assumeTrue("the distribution is not built", built);
    site = Site.open(Platform.folder(RepositoryIT.class));
    DeployIT.trust(site);
    Plan plan =
        new Plan()
            .cloud(site.peer().broker())
            .component(
                "io.kete.container.deploy.Deployment",
                Plan.properties("settle.millis", 300, "settle.limit", 20));
    site.configure(plan, Plan.policy(1, ""));
    depot = new Depot(site);
    product = new Product(site, "");
    product.start();
    product.awaitReady(START);
  }

  @After
  public void tearDown() {
    if (site != null) {
      product.close();
      depot.close();
      site.close();
    }
  }

  private static byte[] base(String version) {
    return new Dp(BASE, version)
        .plain("plant.base", version, "Export-Package: plant.base;version=\"" + version + "\"")
        .bytes();
  }

  private static byte[] top(String version, String... headers) {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 1, headers.length);
    all[0] = "Import-Package: plant.base;version=\"[1.0,2)\"";
    return new Dp(TOP, version).plain("plant.top", version, all).bytes();
  }

  private Command order(String... words) throws Exception {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--repository";
    all[words.length + 1] = depot.address();
    return Command.run(site, all);
  }

  private void assertInstalled(String base, String top) throws Exception {
    Command list = order("list", "--json");
    assertThat(list.code()).as(list.text()).isZero();
    JsonObject answer = Json.parse(list.text()).asObject();
    assertThat(installed(answer, BASE)).isEqualTo(base);
    assertThat(installed(answer, TOP)).isEqualTo(top);
  }

  private static String installed(JsonObject answer, String name) {
    return answer.get("packages").asArray().values().stream()
        .map(each -> each.asObject())
        .filter(each -> each.getString("name", "").equals(name))
        .map(each -> each.get("installed"))
        .filter(version -> !version.isNull())
        .map(version -> version.asString())
        .findFirst()
        .orElse("");
  }

  /** Everything below the folder of packages, with its digest. */
  private Map<String, String> files() throws IOException {
    Path packages = site.data().resolve("packages");
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(packages)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(packages.relativize(file).toString(), Dp.sha256(Files.readAllBytes(file)));
      }
    }
    return found;
  }

  @Test
  public void whatIsNeededComesAndABrokenUpdateTakesAllOfItBack() throws Exception {
    depot.offer(1, base("1.0.0"), top("1.0.0"));
    Command install = order("install", TOP);
    assertThat(install.code()).as(install.text()).isZero();
    assertThat(install.text()).contains("plant-base 1.0.0, plant-top 1.0.0 installed");
    assertInstalled("1.0.0", "1.0.0");

    depot.asked();
    Command again = order("install", TOP);
    assertThat(again.text()).contains("nothing to do");
    assertThat(depot.asked()).noneMatch(path -> path.startsWith("packages/"));

    depot.offer(2, base("1.1.0"), top("1.1.0", "Bundle-Activator: no.such.Activator"));
    Map<String, String> before = files();
    Command broken = order("update");
    assertThat(broken.code()).as(broken.text()).isEqualTo(1);
    assertThat(broken.text()).contains("plant.top 1.1.0 does not start", "version 1.0.0 is back");
    assertInstalled("1.0.0", "1.0.0");
    assertThat(files()).containsAllEntriesOf(withoutSeen(before));

    depot.offer(3, base("1.1.0"), top("1.0.0"));
    depot.asked();
    Command half = order("update");
    assertThat(half.code()).as(half.text()).isZero();
    assertThat(depot.asked().stream().filter(path -> path.startsWith("packages/")))
        .as("only what changed is fetched")
        .containsExactly("packages/plant-base_1.1.0.dp");
    assertInstalled("1.1.0", "1.0.0");
  }

  /**
   * What came before a download broke is kept under the digest it must have, to go on from there.
   */
  private static Map<String, String> whole(Map<String, String> files) {
    Map<String, String> rest = new TreeMap<>(files);
    rest.keySet().removeIf(name -> name.matches("repository/[0-9a-f]{64}\\.part"));
    return rest;
  }

  private static Map<String, String> withoutSeen(Map<String, String> files) {
    Map<String, String> rest = new TreeMap<>(files);
    rest.remove("repository/seen");
    return rest;
  }

  @Test
  public void kapuaInstallsByPlainAddressAndOrdersByRequest() throws Exception {
    depot.offer(1, base("1.0.0"), top("1.0.0"));
    try (Console console = new Console(site.peer().broker())) {
      String uri = depot.address() + "packages/plant-base_1.0.0.dp";
      long job = console.order(uri, BASE, "1.0.0", Map.of());
      Console.Told told = console.outcome(job, START);
      assertThat(told.state()).as(told.message()).isEqualTo("COMPLETED");

      Map<String, Object> wish = Map.of("packages", TOP, "repository", depot.address());
      KuraPayload taken = console.ask("REPO-V1", "EXEC/install", wish);
      assertThat(Console.code(taken)).isEqualTo(200);
      String id = String.valueOf(taken.getMetric("order"));
      Eventually.holds(
          START,
          () ->
              assertThat(console.ask("REPO-V1", "GET/orders", Map.of()).getMetric(id))
                  .asString()
                  .startsWith("done: plant-top 1.0.0 installed"));
      assertThat(console.ask("REPO-V1", "GET/packages", Map.of()).getMetric(TOP))
          .isEqualTo("1.0.0");
      Map<String, Object> local = Map.of("packages", TOP, "repository", "file:/etc/");
      assertThat(Console.code(console.ask("REPO-V1", "EXEC/install", local))).isEqualTo(400);
      assertThat(Console.code(console.ask("REPO-V1", "EXEC/remove", Map.of()))).isEqualTo(404);
    }
  }

  @Test
  public void aHostileRepositoryChangesNothing() throws Exception {
    depot.offer(4, base("1.0.0"), top("1.0.0"));
    Path older = site.home().resolve("older");
    depot.copyTo(older);
    depot.offer(5, base("1.0.0"), top("1.0.0"));
    assertThat(order("install", BASE).code()).isZero();
    depot.offer(6, base("1.1.0"), top("1.1.0"));
    assertThat(order("list").code()).isZero();
    Path good = site.home().resolve("good");
    depot.copyTo(good);
    Map<String, String> before = whole(files());
    int refusals = 0;
    for (Trick trick : tricks(older)) {
      trick.play().run();
      Command answer = order("update");
      assertThat(answer.code()).as(trick.name() + ": " + answer.text()).isEqualTo(1);
      assertThat(answer.text()).as(trick.name()).contains("not done", trick.reason());
      assertThat(whole(files())).as(trick.name() + " left something").isEqualTo(before);
      assertInstalledFiles(trick.name());
      depot.plain();
      depot.putBack(good);
      refusals++;
    }
    Command update = order("update");
    assertThat(update.code()).as("the good one: " + update.text()).isZero();
    assertThat(files()).isEqualTo(whole(files()));
    System.out.printf("hostile-repository tricks %d, refused %d, changed 0%n", refusals, refusals);
  }

  private void assertInstalledFiles(String trick) {
    JsonObject installed = product.facts("deploy").get("installed").asObject();
    assertThat(installed.getString(BASE, "")).as(trick).isEqualTo("1.0.0");
    assertThat(installed.getString(TOP, "")).as(trick).isEmpty();
  }

  private interface Play {
    void run() throws Exception;
  }

  private record Trick(String name, String reason, Play play) {}

  private List<Trick> tricks(Path older) throws InterruptedException {
    List<Trick> tricks = new ArrayList<>(spoilt());
    tricks.add(new Trick("an older state", "older than 6", () -> depot.putBack(older)));
    if (hasOpenssl()) {
      tricks.add(new Trick("another signer", "signature", this::signedByAnother));
    }
    return tricks;
  }

  private List<Trick> spoilt() {
    Path packed = depot.root().resolve("packages/plant-base_1.1.0.dp");
    return List.of(
        new Trick(
            "no signature", "404", () -> Files.delete(depot.root().resolve("SHA256SUMS.p7s"))),
        new Trick("a sum changed", "signature", () -> flip(depot.root().resolve("SHA256SUMS"))),
        new Trick("another index", "index", () -> flip(depot.root().resolve("index.xml.gz"))),
        new Trick("a package replaced", "not the one that was signed", () -> flip(packed)),
        new Trick(
            "a package cut off",
            "does not have the",
            () -> Files.write(packed, Arrays.copyOf(Files.readAllBytes(packed), 100))),
        new Trick(
            "an index of a gigabyte",
            "more than the 8388608 bytes",
            () -> {
              try (var file =
                  new RandomAccessFile(depot.root().resolve("index.xml.gz").toFile(), "rw")) {
                file.setLength(20_000_000);
              }
            }),
        new Trick(
            "a redirect",
            "redirects are not followed",
            () -> depot.redirect("SHA256SUMS", "elsewhere/SHA256SUMS")),
        new Trick("a path that leaves the folder", "plain relative path", this::pathEscape));
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private void signedByAnother() throws Exception {
    String key = site.home().resolve("other.key").toString();
    String certificate = site.home().resolve("other.pem").toString();
    String sums = depot.root().resolve("SHA256SUMS").toString();
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=site -keyout",
        key,
        "-out",
        certificate);
    openssl(
        "cms -sign -binary -outform DER -in",
        sums,
        "-signer",
        certificate,
        "-inkey",
        key,
        "-out",
        sums + ".p7s");
  }

  private static void openssl(String words, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words.split(" ", -1)));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
  }

  private static boolean hasOpenssl() throws InterruptedException {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException e) {
      System.out.println("RepositoryIT: 'another signer' is left out, openssl is not installed");
      return false;
    }
  }

  /** Signed by who may sign, and evil all the same. */
  private void pathEscape() throws Exception {
    Path sums = depot.root().resolve("SHA256SUMS");
    String text = Files.readString(sums) + "0".repeat(64) + "  ../../evil\n";
    Files.writeString(sums, text);
    Files.write(sums.resolveSibling("SHA256SUMS.p7s"), site.peer().sign(text));
  }
}
