// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.ModelEngine;
import io.kete.model.api.Scorer;
import io.kete.model.api.SlotState;
import io.kete.model.onnx.OnnxEngine;
import io.kete.model.runtime.gate.Gate;
import io.kete.model.runtime.gate.Prover;
import io.kete.model.runtime.gate.Surroundings;
import io.kete.model.runtime.install.Catalogue;
import io.kete.model.runtime.install.DropFolder;
import io.kete.model.runtime.install.ModelExtender;
import io.kete.model.runtime.slot.Guards;
import io.kete.model.runtime.slot.Parts;
import io.kete.model.runtime.slot.SlotCore;
import io.kete.model.runtime.slot.SlotSettings;
import io.kete.model.runtime.store.Memory;
import io.kete.model.trees.TreesEngine;
import io.kete.policy.cms.trust.CmsVerifier;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.framework.FrameworkFactory;
import org.eclipse.kura.type.TypedValues;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;

/**
 * The model runtime of the product in this process: framework, drop folder, gate with the real
 * verifier and engines, memory on disk, one slot. Its clock is set by the program.
 */
final class Station implements AutoCloseable {

  static final Binding BINDING = new Binding("zoo-route", Map.of("flow", "f", "pressure", "p"), "");

  /** When the certificates of the zoo are valid. */
  static final Clock TIME = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

  private static final String DEPLOYED = "deployed:zoo.model";
  private static final Duration LOAD_LIMIT = Duration.ofSeconds(60);

  private final Framework framework;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();

  /** As the slot's own thread: what comes after its end is done by whoever brings it. */
  private final ExecutorService slotThread =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task, stopped) -> task.run());

  private final DropFolder dropFolder;
  private final ModelExtender extender;
  private final List<Sample> upstream = new CopyOnWriteArrayList<>();
  private final AtomicLong clock = new AtomicLong(TIME.millis());
  private final SlotCore slot;
  private final Path data;

  Station(Path data, Path anchors, Map<String, ModelEngine> more) throws Exception {
    this(data, anchors, more, Guards.USUAL);
  }

  Station(Path data, Path anchors, Map<String, ModelEngine> more, Guards guards) throws Exception {
    this.data = data;
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage", data.resolve("framework").toString(),
                    "org.osgi.framework.storage.clean", "onFirstInit",
                    "org.osgi.framework.bsnversion", "multiple"));
    framework.start();
    Surroundings surroundings = new Surroundings();
    surroundings.add(new CmsVerifier(anchors, false, TIME));
    surroundings.add("onnx", engine(OnnxEngine.class, 1));
    surroundings.add("trees", engine(TreesEngine.class, 200_000));
    more.forEach(surroundings::add);
    Catalogue catalogue = new Catalogue();
    Gate gate = new Gate(surroundings, new Prover(System::nanoTime), LOAD_LIMIT);
    Memory memory = new Memory(data.resolve("models"));
    BundleContext context = framework.getBundleContext();
    dropFolder =
        new DropFolder(
            context,
            data.resolve("dropin"),
            data.resolve("models/bundles"),
            catalogue,
            gate,
            memory);
    extender = new ModelExtender(context, catalogue, worker, dropFolder::forget);
    extender.open();
    worker.submit(dropFolder::begin).get();
    worker.submit(catalogue::settle).get();
    slot =
        new SlotCore(
            settings(guards),
            new Parts(
                catalogue, surroundings, gate, memory, upstream::add, slotThread, clock::get));
    slot.start();
    settle();
  }

  private static SlotSettings settings(Guards guards) {
    return SlotSettings.of("zoo", "s", ZooModel.NAME, "", "").with(guards);
  }

  /** The engine of the product; its components are made by the container otherwise. */
  private static ModelEngine engine(Class<? extends ModelEngine> type, int setting)
      throws ReflectiveOperationException {
    Constructor<? extends ModelEngine> constructor = type.getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    return constructor.newInstance(setting);
  }

  Path data() {
    return data;
  }

  SlotCore slot() {
    return slot;
  }

  /** Two looks, because a file counts only when it did not change between two. */
  void look() throws Exception {
    for (int i = 0; i < 2; i++) {
      Future<?> done = worker.submit(dropFolder::poll);
      done.get();
    }
    settle();
  }

  /** Installs a bundle or updates it, as a deployment does, past the drop folder. */
  void install(Path jar) throws Exception {
    Bundle present = framework.getBundleContext().getBundle(DEPLOYED);
    try (InputStream in = Files.newInputStream(jar)) {
      if (present == null) {
        framework.getBundleContext().installBundle(DEPLOYED, in).start();
      } else {
        present.update(in);
      }
    }
    settle();
  }

  /** All that was queued has been done. */
  void settle() throws Exception {
    worker.submit(() -> {}).get();
    slotThread.submit(() -> {}).get();
    slotThread.submit(() -> {}).get();
  }

  String version() {
    return slot.state().serving().map(SlotState.Identity::version).orElse("none");
  }

  /** Reasons of refusals that went upstream. */
  List<String> toldUpstream() {
    return upstream.stream()
        .filter(sample -> text(sample, "state").equals("REJECTED"))
        .map(sample -> text(sample, "reason"))
        .toList();
  }

  private static String text(Sample sample, String channel) {
    return sample.readings().stream()
        .filter(reading -> reading.channel().equals(channel))
        .map(reading -> ((Reading.Measured) reading).value().getValue().toString())
        .findFirst()
        .orElse("");
  }

  void later(Duration time) {
    clock.addAndGet(time.toMillis());
  }

  Scorer open() {
    return slot.open(BINDING);
  }

  static Sample sample(double flow, double pressure) {
    return new Sample(
        "zoo",
        1,
        ClockQuality.UNKNOWN,
        List.of(
            Reading.Measured.good("f", TypedValues.newDoubleValue(flow), "", 1),
            Reading.Measured.good("p", TypedValues.newDoubleValue(pressure), "", 1)));
  }

  @Override
  public void close() throws Exception {
    extender.close();
    slot.close();
    worker.shutdown();
    slotThread.shutdown();
    framework.stop();
    framework.waitForStop(10_000);
  }
}
