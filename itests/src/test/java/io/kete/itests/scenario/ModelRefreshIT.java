// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.asset.Asset;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** Bundles are refreshed under a model that scores. */
public class ModelRefreshIT extends ModelScenario {

  private static final String PUMP_ROLES =
      "flow:flow,pressure:pressure,vibration:vibration,current:current,temperature:temperature";
  private static final List<String> PUMP_CHANNELS =
      List.of("flow", "pressure", "vibration", "current", "temperature");

  @Configuration
  public static Option[] gateway() {
    Site site = Site.open(Platform.folder(ModelRefreshIT.class));
    Plan plan = new Plan().slot("pump", "pump-anomaly", Capture.NAME);
    plan.route(
        "pump-route",
        Plan.text("asset:pump-1?period=20", "model:pump?bind=" + PUMP_ROLES, "buffer:capture"));
    site.configure(plan, Plan.policy(1, "\"*/*\""));
    Path models = site.data().resolve("dropin/models");
    ModelJar.read(
            Platform.root()
                .resolve("bundles/io.kete.models.pump.anomaly/target")
                .resolve("io.kete.models.pump.anomaly-1.0.0.jar"))
        .write(models.resolve("pump-1.jar"), site.peer());
    return Platform.product(site);
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
