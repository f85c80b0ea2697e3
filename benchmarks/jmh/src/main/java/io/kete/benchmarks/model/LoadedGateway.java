// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import static org.awaitility.Awaitility.await;

import io.kete.benchmarks.Container;
import io.kete.buffer.api.Stream;
import io.kete.data.api.StatusSource;
import io.kete.policy.cms.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.kura.asset.Asset;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Routes, slot and engine of the product under load: so many assets, each read a hundred times a
 * second by a route of its own, all scored in one slot.
 */
final class LoadedGateway implements AutoCloseable {

  private static final String SLOT = "io.kete.model.runtime.Slot";
  private static final String ROUTE = "io.kete.route.camel.CamelRoute";
  private static final int PERIOD_MILLIS = 10;

  /** After so many calls by reflection Java makes a class, and its loader, for the next ones. */
  private static final int OFTEN = 20;

  private static final Duration LIFE = Duration.ofDays(30);
  private static final String[] BUNDLES = {
    "io.kete.policy.cms",
    "io.kete.model.api",
    "io.kete.model.runtime",
    "io.kete.model.onnx",
    "io.kete.onnxruntime",
    "io.kete.onnxruntime.linux.x86_64",
    "io.kete.onnxruntime.linux.aarch64",
    "io.kete.camel",
    "io.kete.route.camel"
  };

  private final Path folder;
  private final Identity signer =
      Identity.ec("load trainer", Instant.now().minus(LIFE), Instant.now().plus(LIFE));
  private final Container container;
  private final Map<String, LoadAsset> assets = new LinkedHashMap<>();
  private final LoadSink sink;
  private final Bundle model;

  /**
   * Starts it; version 1.0.0 scores every sample when this returns.
   *
   * @param count number of assets
   * @param versions so many versions of the model are made and signed beforehand
   */
  LoadedGateway(Path folder, int count, int versions) throws Exception {
    this.folder = folder;
    for (int major = 1; major <= versions; major++) {
      EightRoles.of(major).write(jar(major), Optional.of(signer));
    }
    signer.store(folder.resolve("anchors/model/trainer.pem"));
    for (int i = 0; i < count; i++) {
      assets.put("load-" + i, new LoadAsset());
    }
    sink = new LoadSink(assets);
    container = new Container(folder, BUNDLES);
    offer(Stream.class, sink, Stream.NAME, LoadSink.NAME);
    keepEverything();
    container.configure("io.kete.model.onnx.OnnxEngine", false, Map.of("threads", 1));
    for (int i = 0; i < OFTEN; i++) {
      pin("");
    }
    try (InputStream in = Files.newInputStream(jar(1))) {
      model = container.context().installBundle("load-model", in);
    }
    model.start();
    StatusSource slot =
        container.service(StatusSource.class, "(kete.status.area=model." + LoadSink.NAME + ")");
    await("the first version serves")
        .atMost(Duration.ofSeconds(30))
        .until(() -> String.valueOf(slot.status().facts().get("serving")).contains("1.0.0"));
    var first = sink.expect("1.0.0");
    for (Map.Entry<String, LoadAsset> asset : assets.entrySet()) {
      route(asset.getKey(), true);
      offer(Asset.class, asset.getValue(), "kura.service.pid", asset.getKey());
    }
    if (!first.await(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("samples of " + first.getCount() + " routes do not come");
    }
  }

  private void keepEverything() throws Exception {
    container.configure(
        "io.kete.policy.cms.CmsPolicy",
        false,
        Map.of(
            "policy",
            "{\"format\": \"kete-policy/1\", \"version\": 1, \"default\": {\"action\": \"keep\"}, \"rules\": []}",
            "anchors.directory",
            folder.resolve("anchors").toString()));
  }

  private void route(String asset, boolean enabled) throws Exception {
    String bind =
        EightRoles.NAMES.stream().map(name -> name + ":" + name).collect(Collectors.joining(","));
    String text =
        """
        - route:
            from:
              uri: asset:%s?period=%d
              steps:
                - to: model:load?bind=%s
                - to: buffer:load
        """
            .formatted(asset, PERIOD_MILLIS, bind);
    container.configure(
        ROUTE, true, Map.of("kura.service.pid", "r-" + asset, "route", text, "enabled", enabled));
  }

  private <T> void offer(Class<T> type, T service, String key, String value) {
    Dictionary<String, Object> properties = new Hashtable<>(Map.of(key, value));
    container.context().registerService(type, service, properties);
  }

  private Path jar(int major) {
    return folder.resolve("model-" + major + ".jar");
  }

  /** Replaces the bundle of the model, as an update does. */
  void update(int major) throws IOException, BundleException {
    try (InputStream in = Files.newInputStream(jar(major))) {
      model.update(in);
    }
  }

  /** Lets one version serve, or the newest when it is empty. */
  void pin(String version) throws Exception {
    container.configure(
        SLOT,
        true,
        Map.of(
            "kura.service.pid",
            "load",
            "slot",
            "load",
            "model",
            ZooModel.NAME,
            "pin",
            version,
            "events.stream",
            ""));
  }

  LoadSink sink() {
    return sink;
  }

  /** Ends the reading of all assets; the samples on their way arrive. */
  void rest() throws Exception {
    for (String asset : assets.keySet()) {
      route(asset, false);
    }
    for (String asset : assets.keySet()) {
      StatusSource route =
          container.service(StatusSource.class, "(kete.status.area=route.r-" + asset + ")");
      await("route of " + asset + " is off")
          .atMost(Duration.ofSeconds(60))
          .until(() -> "disabled".equals(route.status().facts().get("state")));
    }
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    container.close();
  }
}
