// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import io.kete.model.api.ModelEngine;
import io.kete.model.api.ModelSlot;
import io.kete.model.api.SlotState;
import io.kete.policy.api.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** The components as the component runtime would make them. */
class RuntimeTest {

  @TempDir Path data;
  private final SumEngine engine = new SumEngine();
  private final Verifier verifier = World.verifier(false);
  private final Events events = new Events();
  private Framework framework;
  private BundleContext context;
  private ModelRuntime runtime;
  private Slot slot;

  /** Refuses the first sample as a full stream does. */
  private static final class Events implements Stream {
    private final List<Sample> taken = new CopyOnWriteArrayList<>();
    private volatile boolean full = true;

    @Override
    public String name() {
      return "events";
    }

    @Override
    public void append(Sample sample, AppendCallback callback) {
      if (full) {
        full = false;
        callback.refused(new Refusal(Refusal.Cause.FULL, "full"));
      } else {
        taken.add(sample);
        callback.accepted(taken.size());
      }
    }

    @Override
    public Outlet open(Runnable wakeup) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StreamLedger ledger() {
      throw new UnsupportedOperationException();
    }

    List<String> states() {
      return taken.stream()
          .map(sample -> sample.asset() + " " + text(sample, 0) + " " + text(sample, 2))
          .sorted()
          .toList();
    }

    private static Object text(Sample sample, int reading) {
      return ((Reading.Measured) sample.readings().get(reading)).value().getValue();
    }
  }

  @BeforeEach
  void start() throws Exception {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
    properties.put("kete.data", data.toString());
    framework = new FrameworkFactory().newFramework(properties);
    framework.start();
    context = framework.getBundleContext();
    runtime = new ModelRuntime(context);
    runtime.bindEngine(engine, Map.of(ModelEngine.ENGINE, "sum"));
    runtime.bindVerifier(verifier);
    slot = new Slot(runtime, context, World.settings(""), "s");
  }

  @AfterEach
  void stop() throws Exception {
    slot.stop();
    runtime.deactivate();
    framework.stop();
    framework.waitForStop(10_000);
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("model.runtime-")));
    assertThat(engine.open()).isZero();
  }

  private <T> Optional<T> service(Class<T> type, String filter) throws Exception {
    Collection<ServiceReference<T>> found = context.getServiceReferences(type, filter);
    return found.stream().findFirst().map(context::getService);
  }

  private String serving() throws Exception {
    ModelSlot found = service(ModelSlot.class, "(kete.slot=s)").orElseThrow();
    return found.state().serving().map(SlotState.Identity::version).orElse("none");
  }

  private void dropIn(String version) throws Exception {
    Path jar = TestModels.draft(version).jar(data.resolve("fresh.jar"));
    Path folder = Files.createDirectories(data.resolve("dropin/models"));
    Files.move(jar, folder.resolve("pump.jar"), StandardCopyOption.ATOMIC_MOVE);
    await().until(() -> serving().equals(version));
  }

  @SuppressWarnings("JdkObsolete") // the framework asks for a Dictionary
  private void registerStream() {
    Hashtable<String, Object> name = new Hashtable<>();
    name.put(Stream.NAME, "events");
    context.registerService(Stream.class, events, name);
  }

  @Test
  void aDroppedModelServesAndUpstreamHearsOfItWhenTheStreamComes() throws Exception {
    dropIn("1.0.0");
    registerStream();
    assertThat(events.taken).isEmpty();
    dropIn("2.0.0");
    await().until(() -> events.taken.size() == 3);
    assertThat(events.states())
        .containsExactly(
            "kete.model.s ACTIVE 1.0.0", "kete.model.s ACTIVE 2.0.0", "kete.model.s RETIRED 1.0.0");
    Status status =
        service(StatusSource.class, "(kete.status.area=model.s)").orElseThrow().status();
    assertThat(status.problems()).isEmpty();
    assertThat(status.facts()).containsEntry("installed", "2.0.0").containsEntry("state", "ACTIVE");
    assertThat(runtime.status().facts())
        .containsEntry("bundles", Map.of("test.models.pump 2.0.0", "usable"));
  }

  @Test
  void aPinChangesTheRunningSlotAndAnotherModelAnotherOne() throws Exception {
    dropIn("1.0.0");
    dropIn("2.0.0");
    ModelSlot before = service(ModelSlot.class, "(kete.slot=s)").orElseThrow();
    slot.change(World.settings("1.0.0"));
    await().until(() -> serving().equals("1.0.0"));
    assertThat(service(ModelSlot.class, "(kete.slot=s)")).hasValue(before);
    slot.change(io.kete.model.runtime.slot.SlotSettings.of("test", "t", "fan", "", ""));
    assertThat(service(ModelSlot.class, "(kete.slot=s)")).isEmpty();
    assertThat(service(ModelSlot.class, "(kete.slot=t)")).isPresent();
    await().until(() -> engine.open() == 0);
  }
}
