// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.configuration.ConfigurationService;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** Models are replaced under load, and bundles under models. */
public class ModelIT extends ModelScenario {

  private static final int SWAPS = 50;
  private static final double RATE = 2_000;
  private static final String PUMP_ROLES =
      "flow:flow,pressure:pressure,vibration:vibration,current:current,temperature:temperature";
  private static final List<String> PUMP_CHANNELS =
      List.of("flow", "pressure", "vibration", "current", "temperature");

  @Configuration
  public static Option[] gateway() {
    Site site = Site.open(Platform.folder(ModelIT.class));
    Plan plan = new Plan().slot("anomaly", "flow-model", Capture.NAME);
    plan.slotOnly("pump", "pump-anomaly", Capture.NAME);
    plan.route(
        "pump-route",
        Plan.text("asset:pump-1?period=20", "model:pump?bind=" + PUMP_ROLES, "buffer:capture"));
    for (int i = 0; i < ASSETS; i++) {
      plan.route("r" + i, Plan.text(asset(i), "model:anomaly?bind=flow:flow", "buffer:capture"));
    }
    site.configure(plan, Plan.policy(1, "\"*/*\""));
    Path models = site.data().resolve("dropin/models");
    ModelJar.of("flow-model", 1).write(models.resolve("flow-1.jar"), site.peer());
    ModelJar.of("flow-model", 2).write(site.data().resolve("offered/flow-2.jar"), site.peer());
    ModelJar.read(
            Platform.root()
                .resolve("bundles/io.kete.models.pump.anomaly/target")
                .resolve("io.kete.models.pump.anomaly-1.0.0.jar"))
        .write(models.resolve("pump-1.jar"), site.peer());
    return Platform.product(site);
  }

  private static String asset(int number) {
    return "asset:fast-" + number + "?period=10";
  }

  @Test
  public void everySampleIsScoredByOneVersionWhileVersionsChange() throws Exception {
    assertComplete();
    awaitServing("anomaly", "1.0.0");
    Files.move(data().resolve("offered/flow-2.jar"), data().resolve("dropin/models/flow-2.jar"));
    awaitServing("anomaly", "2.0.0");
    long swapsBefore = fact("model.anomaly", "swaps");
    Capture capture = capture();
    Map<String, FlowAsset> assets = fastAssets();
    awaitVersion(capture, assets, "2.0.0");
    long begin = System.nanoTime();
    long first = capture.size();
    for (int swap = 1; swap <= SWAPS; swap++) {
      String version = swap % 2 == 0 ? "2.0.0" : "1.0.0";
      service(ConfigurationService.class).updateConfiguration("anomaly", Map.of("pin", version));
      awaitVersion(capture, assets, version);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double rate = (capture.size() - first) / seconds;
    takeBackAssets();
    Eventually.holds(PATIENCE, this::assertNothingInRoutes);
    long samples = 0;
    for (Map.Entry<String, FlowAsset> asset : assets.entrySet()) {
      samples += asset.getValue().reads();
      assertScored(asset.getKey(), asset.getValue(), capture);
    }
    long swaps = fact("model.anomaly", "swaps") - swapsBefore;
    System.out.printf(
        "swaps %d, samples %d, per second %.0f, lost 0, unscored 0, mixed 0%n",
        swaps, samples, rate);
    assertThat(swaps).isEqualTo(SWAPS);
    assertThat(rate).as("samples a second").isGreaterThan(RATE);
  }

  /** Each state once and in order; score and mark by the version that the lineage names. */
  private static void assertScored(String name, FlowAsset asset, Capture capture) {
    List<Sample> samples = capture.of(name);
    assertThat(samples).as(name + " lost or doubled").hasSize((int) asset.reads());
    String last = "2.0.0";
    int changes = 0;
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      assertThat(sample.lineage()).as(name + " unscored").hasSize(1);
      String version = sample.lineage().get(0).version();
      double major = Double.parseDouble(version.substring(0, 1));
      assertThat(value(sample, "flow")).as(name + " in order").isEqualTo(i + 1);
      assertThat(value(sample, "flow-model.mark")).as(name + " mixed").isEqualTo(major);
      assertThat(value(sample, "flow-model.score")).as(name + " mixed").isEqualTo(major * (i + 1));
      changes += version.equals(last) ? 0 : 1;
      last = version;
    }
    assertThat(changes).as(name + " changes, one for each swap").isEqualTo(SWAPS);
  }

  @Test
  public void scoringGoesOnAfterARefreshOfAnyBundle() throws Exception {
    assertComplete();
    awaitServing("pump", "1.0.0");
    Capture capture = capture();
    register(Asset.class, new FlowAsset(PUMP_CHANNELS), "kura.service.pid", "pump-1");
    awaitScores(capture);
    for (String name :
        List.of(
            "io.kete.models.pump.anomaly",
            "io.kete.model.runtime",
            "io.kete.model.onnx",
            "io.kete.onnxruntime",
            "io.kete.model.api")) {
      refresh(name);
      assertComplete();
      awaitServing("pump", "1.0.0");
      awaitScores(capture);
    }
  }

  private static void awaitScores(Capture capture) {
    int before = capture.of("pump-1").size();
    Eventually.holds(
        PATIENCE,
        () -> {
          List<Sample> all = capture.of("pump-1");
          assertThat(all).hasSizeGreaterThan(before + 5);
          assertThat(all.subList(all.size() - 3, all.size()))
              .allSatisfy(sample -> assertThat(value(sample, "pump-anomaly.score")).isFinite());
        });
  }

  private void refresh(String name) throws Exception {
    List<Bundle> bundles = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (name.equals(bundle.getSymbolicName())) {
        bundles.add(bundle);
      }
    }
    assertThat(bundles).as(name).hasSize(1);
    CountDownLatch refreshed = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            bundles,
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
              }
            });
    assertThat(refreshed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }
}
