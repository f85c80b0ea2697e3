// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.buffer.api.Stream;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.asset.Asset;
import org.junit.After;
import org.osgi.framework.ServiceRegistration;

/** What scenarios with models share: assets and a stream that the test offers. */
public abstract class ModelScenario extends OnFelix {

  /** Fast assets, each with a route of its own. */
  static final int ASSETS = 32;

  private final List<ServiceRegistration<?>> assets = new ArrayList<>();
  private final List<ServiceRegistration<?>> offered = new ArrayList<>();

  /** Takes back what the scenario offered. */
  @After
  public void takeBack() {
    takeBackAssets();
    offered.forEach(ServiceRegistration::unregister);
    offered.clear();
  }

  /** No asset is read any more. */
  void takeBackAssets() {
    assets.forEach(ServiceRegistration::unregister);
    assets.clear();
  }

  Capture capture() {
    Capture capture = new Capture();
    register(Stream.class, capture, Stream.NAME, Capture.NAME);
    return capture;
  }

  @SuppressWarnings("JdkObsolete") // OSGi wants a Dictionary; the platform of 2024 makes none
  <T> void register(Class<T> type, T service, String key, String value) {
    ServiceRegistration<T> made =
        context.registerService(type, service, new Hashtable<>(Map.of(key, value)));
    (type == Stream.class ? offered : assets).add(made);
  }

  void awaitServing(String slot, String version) {
    Eventually.holds(
        PATIENCE,
        () ->
            assertThat(status("model." + slot).orElseThrow().facts().get("serving"))
                .asString()
                .contains("version=" + version));
  }

  /** One asset for each of the routes {@code r0}, {@code r1}, ...; from now on they are read. */
  Map<String, FlowAsset> fastAssets() {
    Map<String, FlowAsset> fast = new LinkedHashMap<>();
    for (int i = 0; i < ASSETS; i++) {
      FlowAsset asset = new FlowAsset(List.of("flow"));
      register(Asset.class, asset, "kura.service.pid", "fast-" + i);
      fast.put("fast-" + i, asset);
    }
    return fast;
  }

  static void awaitVersion(Capture capture, Map<String, FlowAsset> assets, String version) {
    Eventually.holds(
        PATIENCE,
        () ->
            assertThat(assets.keySet())
                .allSatisfy(asset -> assertThat(capture.lastVersion(asset)).isEqualTo(version)));
  }

  void assertNothingInRoutes() {
    for (int i = 0; i < ASSETS; i++) {
      String area = "route.r" + i;
      assertThat(fact(area, "inRoute")).isZero();
      assertThat(fact(area, "accepted")).isEqualTo(fact(area, "captured"));
    }
  }

  static double value(Sample sample, String channel) {
    return sample.readings().stream()
        .filter(reading -> reading.channel().equals(channel))
        .map(reading -> ((Number) ((Reading.Measured) reading).value().getValue()).doubleValue())
        .findFirst()
        .orElseThrow();
  }
}
