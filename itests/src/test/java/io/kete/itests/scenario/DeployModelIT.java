// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** A model is replaced by DEPLOY-V2 over a broker while 2,000 samples a second flow. */
public class DeployModelIT extends ModelScenario {

  private static final double RATE = 2_000;
  private static final Duration OPERATION = Duration.ofSeconds(60);
  private static final String MODEL = "flow-model";
  private static final String PACKAGE = "kete-model-flow";

  @Configuration
  public static Option[] gateway() {
    Site site = Site.open(Platform.folder(DeployModelIT.class));
    Plan plan =
        new Plan()
            .slot("anomaly", MODEL, Capture.NAME)
            .cloud(site.peer().broker())
            .component(
                "io.kete.container.deploy.Deployment",
                Plan.properties("settle.millis", 500, "settle.limit", 20));
    for (int i = 0; i < ASSETS; i++) {
      plan.route(
          "r" + i,
          Plan.text(
              "asset:fast-" + i + "?period=10", "model:anomaly?bind=flow:flow", "buffer:capture"));
    }
    site.configure(plan, Plan.policy(1, "\"*/*\""));
    try {
      DeployIT.trust(site);
      for (int major = 1; major <= 2; major++) {
        offer(site, major, ModelJar.of(MODEL, major));
      }
      offer(site, 3, ModelJar.of(MODEL, 3).golden(MODEL, 3, 7));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Platform.product(site);
  }

  private static void offer(Site site, int major, ModelJar model) throws IOException {
    Path jar = model.write(site.data().resolve("offered/model-" + major + ".jar"), site.peer());
    String version = major + ".0.0";
    byte[] content =
        new Dp(PACKAGE, version)
            .add("itests.models." + MODEL, version, Files.readAllBytes(jar))
            .bytes(site.peer());
    Files.write(site.data().resolve("offered/" + major + ".dp"), content);
  }

  @Test
  public void noSampleIsLostWhileADeploymentPackageReplacesTheModel() throws Exception {
    assertComplete();
    try (FileServer server = new FileServer();
        Console console = new Console(peer().broker())) {
      Eventually.holds(PATIENCE, () -> assertThat(console.list("packages")).contains("<packages>"));
      assertThat(order(server, console, 1).state()).isEqualTo("COMPLETED");
      awaitServing("anomaly", "1.0.0");
      Capture capture = capture();
      Map<String, FlowAsset> assets = fastAssets();
      awaitVersion(capture, assets, "1.0.0");
      long begin = System.nanoTime();
      long first = capture.size();
      Console.Told second = order(server, console, 2);
      assertThat(second.state()).as(second.message()).isEqualTo("COMPLETED");
      awaitVersion(capture, assets, "2.0.0");
      Console.Told third = order(server, console, 3);
      assertThat(third.state()).as(third.message()).isEqualTo("FAILED");
      assertThat(third.message()).contains("refused", "version 2.0.0 is back");
      assertThat(console.version(PACKAGE)).isEqualTo("2.0.0");
      double rate = (capture.size() - first) / ((System.nanoTime() - begin) / 1e9);
      takeBackAssets();
      Eventually.holds(PATIENCE, this::assertNothingInRoutes);
      long samples = assets.values().stream().mapToLong(FlowAsset::reads).sum();
      assets.forEach((name, asset) -> assertScored(name, asset, capture));
      System.out.printf(
          "deploy-swap samples %d, per second %.0f, lost 0, mixed 0%n", samples, rate);
      assertThat(rate).as("samples a second").isGreaterThan(RATE);
    }
  }

  private Console.Told order(FileServer server, Console console, int major) throws Exception {
    byte[] content = Files.readAllBytes(data().resolve("offered/" + major + ".dp"));
    String uri = server.offer(major + ".dp", content);
    long job = console.order(uri, PACKAGE, major + ".0.0", Map.of());
    return console.outcome(job, OPERATION);
  }

  /** Each state once and in order, first by version 1, then by version 2, never by a mixture. */
  private static void assertScored(String name, FlowAsset asset, Capture capture) {
    List<Sample> samples = capture.of(name);
    assertThat(samples).as(name + " lost or doubled").hasSize((int) asset.reads());
    double last = 1;
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      assertThat(sample.lineage()).as(name + " unscored").hasSize(1);
      double major = value(sample, MODEL + ".mark");
      assertThat(sample.lineage().get(0).version()).isEqualTo((int) major + ".0.0");
      assertThat(value(sample, "flow")).as(name + " in order").isEqualTo(i + 1);
      assertThat(value(sample, MODEL + ".score")).as(name + " mixed").isEqualTo(major * (i + 1));
      assertThat(major).as(name + " went back").isGreaterThanOrEqualTo(last);
      last = major;
    }
    assertThat(last).isEqualTo(2);
  }
}
