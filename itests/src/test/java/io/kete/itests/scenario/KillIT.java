// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The product as it is installed, killed without warning: what was accepted is not lost. */
public class KillIT {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String STREAM = "telemetry";
  private static final long ACCEPTED = 1000;
  private static final long WINDOW = 256;
  private static final long BLOCK = 64;
  private static final int KILLS = 8;

  private final HttpClient client = HttpClient.newHttpClient();
  private Site site;
  private int device;
  private final Deque<Process> gateways = new ArrayDeque<>();

  @Before
  public void setUp() throws IOException {
    Path command = installation().resolve("bin/kete");
    if (!Files.isRegularFile(command)) {
      System.out.println("KillIT is skipped: " + command + " is not built");
    }
    assumeTrue("the distribution is not built", Files.isRegularFile(command));
    site = Site.open(Platform.folder(KillIT.class));
    device = site.peer().device();
  }

  private void configure(Object... stream) {
    Plan plan =
        new Plan()
                .device("plc", "pump-1", device)
                .route("pump", Plan.text("asset:pump-1?period=10", "buffer:telemetry"))
                .stream(STREAM, stream)
                .cloud(site.peer().broker());
    site.configure(plan, Plan.policy(1, "\"pump-1/serial\", \"pump-1/*int*\""));
  }

  @After
  public void tearDown() {
    gateways.forEach(Process::destroyForcibly);
    if (site != null) {
      site.close();
    }
  }

  private static Path installation() {
    return Platform.root().resolve("distribution/kete/target/kete-1.0.0/kete-1.0.0");
  }

  @Test
  public void everythingAcceptedBeforeAKillArrives() throws Exception {
    Peer peer = site.peer();
    configure();
    peer.cut(peer.broker());
    start();
    Eventually.holds(START, () -> assertThat(ledger("accepted")).isGreaterThanOrEqualTo(ACCEPTED));
    long accepted = ledger("accepted");
    kill();
    assertThat(stored()).as("files that name the asset").isNotEmpty();
    long served = peer.served(device).get(2);
    start();
    Eventually.holds(START, () -> assertThat(ledger("accepted")).isGreaterThanOrEqualTo(accepted));
    assertThat(ledger("delivered")).isZero();
    peer.mend(peer.broker());
    Eventually.holds(PATIENCE, () -> assertThat(peer.counts(STREAM).get(0)).isGreaterThan(WINDOW));
    long duplicatesBefore = peer.counts(STREAM).get(2);
    assertThat(duplicatesBefore).as("nothing was in flight at the first kill").isZero();
    kill();
    start();
    Eventually.holds(
        PATIENCE,
        () -> assertThat(peer.counts(STREAM).get(0)).isGreaterThan(accepted + 2 * WINDOW));
    peer.cut(device);
    Eventually.holds(
        PATIENCE,
        () -> {
          assertThat(peer.faults(STREAM)).isEmpty();
          assertThat(ledger("buffered")).isZero();
        });
    assertThat(facts().get("dropped")).isEqualTo(new JsonObject());
    assertComplete(peer.samples(STREAM), accepted, served);
    assertThat(peer.counts(STREAM).get(2))
        .as("sent twice: at most what was in flight at the second kill")
        .isLessThanOrEqualTo(2 * (WINDOW + BLOCK));
    assertNoAlarm();
  }

  @Test
  public void nothingIsLostOverEightKillsOfAGatewayWithAnEncryptedStream() throws Exception {
    Peer peer = site.peer();
    configure("encryption", "device");
    Random random = new Random(17);
    long accepted = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      start();
      long wanted = accepted + 1 + random.nextInt(300);
      Eventually.holds(START, () -> assertThat(ledger("accepted")).isGreaterThanOrEqualTo(wanted));
      accepted = ledger("accepted");
      kill();
      assertThat(stored()).as("files that name the asset").isEmpty();
    }
    long least = accepted;
    start();
    Eventually.holds(START, () -> assertThat(ledger("accepted")).isGreaterThan(least));
    peer.cut(device);
    Eventually.holds(
        PATIENCE,
        () -> {
          assertThat(peer.faults(STREAM)).isEmpty();
          assertThat(ledger("buffered")).isZero();
        });
    assertThat(facts().get("dropped")).isEqualTo(new JsonObject());
    List<Sample> samples = peer.samples(STREAM);
    assertThat(samples).hasSizeGreaterThanOrEqualTo((int) least);
    assertNumbered(samples);
    assertThat(serials(samples)).isSorted().doesNotHaveDuplicates();
    assertThat(peer.counts(STREAM).get(2))
        .as("sent twice: at most what was in flight at each kill")
        .isLessThanOrEqualTo(KILLS * (WINDOW + BLOCK));
    assertNoAlarm();
  }

  /** Files of the stream in which the name of the asset can be read. */
  private List<Path> stored() throws IOException {
    return Site.filesWith(
        site.data().resolve("buffer"), "pump-1".getBytes(StandardCharsets.US_ASCII));
  }

  private void assertNoAlarm() throws IOException {
    assertThat(Files.readAllLines(site.home().resolve("gateway.log")))
        .as("a kill is no reason for an alarm")
        .noneMatch(line -> line.contains(" ERROR "));
  }

  private static void assertNumbered(List<Sample> samples) {
    assertThat(samples.stream().map(Sample::seq).toList())
        .as("numbers of the stream")
        .isEqualTo(LongStream.rangeClosed(1, samples.size()).boxed().toList());
  }

  private static List<Long> serials(List<Sample> samples) {
    return samples.stream()
        .filter(sample -> sample.values().containsKey("serial"))
        .map(sample -> sample.number("serial"))
        .toList();
  }

  private static void assertComplete(List<Sample> samples, long accepted, long served) {
    assertNumbered(samples);
    List<Long> serials = serials(samples);
    long read =
        samples.stream()
            .limit(accepted)
            .filter(sample -> sample.values().containsKey("serial"))
            .count();
    assertThat(read).as("but for polls before the driver came").isGreaterThan(accepted - WINDOW);
    assertThat(serials.subList(0, (int) read))
        .as("serials of the device before the kill")
        .isEqualTo(LongStream.rangeClosed(1, read).boxed().toList());
    assertThat(serials).isSorted().doesNotHaveDuplicates();
    assertThat(serials).anyMatch(serial -> serial > served);
  }

  private void start() throws IOException {
    Files.deleteIfExists(site.data().resolve("run/status.port"));
    ProcessBuilder builder =
        new ProcessBuilder(
            installation().resolve("bin/kete").toString(), "run", "--data", site.data().toString());
    builder.environment().put("KETE_EXIT_WITH_STDIN", "1");
    builder
        .environment()
        .put("KETE_JAVA", Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(site.home().resolve("gateway.log").toFile()));
    gateways.push(builder.start());
  }

  /** SIGKILL: no hook runs, no buffer is flushed. */
  private void kill() throws InterruptedException {
    Process gateway = gateways.pop().destroyForcibly();
    assertThat(gateway.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private long ledger(String name) throws IOException, InterruptedException {
    return facts().getLong(name, -1);
  }

  /** What the status page says about the stream. */
  private JsonObject facts() throws IOException, InterruptedException {
    String port = Files.readString(site.data().resolve("run/status.port")).strip();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/status"))
            .timeout(Duration.ofSeconds(5))
            .build();
    String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    JsonValue facts = Json.parse(answer);
    for (String step : List.of("areas", "buffer." + STREAM, "facts")) {
      JsonValue next = facts.asObject().get(step);
      facts = next == null ? new JsonObject() : next;
    }
    return facts.asObject();
  }
}
