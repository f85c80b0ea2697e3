// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.data.api.DataDirectory;
import io.kete.data.api.Sample;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import io.kete.model.api.ModelEngine;
import io.kete.model.runtime.gate.Gate;
import io.kete.model.runtime.gate.Outpost;
import io.kete.model.runtime.gate.Prover;
import io.kete.model.runtime.gate.Surroundings;
import io.kete.model.runtime.install.Catalogue;
import io.kete.model.runtime.install.DropFolder;
import io.kete.model.runtime.install.Installed;
import io.kete.model.runtime.install.ModelExtender;
import io.kete.model.runtime.order.OrderFolder;
import io.kete.model.runtime.order.Orders;
import io.kete.model.runtime.slot.Parts;
import io.kete.model.runtime.store.Memory;
import io.kete.policy.api.Verifier;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all slots share: the installed models, the gate, the memory, the drop folder. */
@Component(
    name = ModelRuntime.NAME,
    service = {ModelRuntime.class, StatusSource.class},
    property = StatusSource.AREA + "=models",
    immediate = true)
public final class ModelRuntime implements StatusSource {

  static final String NAME = "io.kete.model.runtime.ModelRuntime";

  private static final Logger logger = LoggerFactory.getLogger(ModelRuntime.class);
  private static final long POLL_SECONDS = 1;
  private static final long STOP_SECONDS = 5;

  private final Surroundings surroundings = new Surroundings();
  private final Catalogue catalogue = new Catalogue();
  private final Gate gate;
  private final Memory memory;
  private final ScheduledThreadPoolExecutor worker;
  private final Orders orders = new Orders();
  private final DropFolder dropFolder;
  private final OrderFolder orderFolder;
  private final ModelExtender extender;

  /** Returns at once; bundles and files are read on an own thread. */
  @Activate
  public ModelRuntime(BundleContext context) {
    Path models = folder(context, "models");
    Optional<Outpost> outpost = outpost(context, models);
    gate = new Gate(surroundings, new Prover(System::nanoTime), loadLimit(context), outpost);
    memory = new Memory(models);
    worker = new ScheduledThreadPoolExecutor(1, ModelRuntime::thread, ModelRuntime::late);
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    dropFolder =
        new DropFolder(
            context, folder(context, "dropin"), models.resolve("bundles"), catalogue, gate, memory);
    orderFolder = new OrderFolder(folder(context, "dropin"), orders);
    extender = new ModelExtender(context, catalogue, worker, dropFolder::forget);
    extender.open();
    outpost.ifPresent(trials -> worker.execute(trials::clean));
    worker.execute(dropFolder::begin);
    // after the reads that the installations above have queued
    worker.execute(() -> worker.execute(catalogue::settle));
    var unused =
        worker.scheduleWithFixedDelay(this::poll, POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
  }

  private void poll() {
    dropFolder.poll();
    orderFolder.poll();
  }

  private static Optional<Outpost> outpost(BundleContext context, Path models) {
    String command = context.getProperty(Outpost.COMMAND);
    return command == null || command.isBlank()
        ? Optional.empty()
        : Optional.of(
            new Outpost(
                List.of(command.strip().split("[ ,]+", -1)),
                models.resolve("trials"),
                loadLimit(context)));
  }

  private static Duration loadLimit(BundleContext context) {
    String text = context.getProperty(Gate.LOAD_SECONDS);
    if (text == null) {
      return Gate.LOAD_LIMIT;
    }
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          Gate.LOAD_SECONDS + "='" + text + "' has to be a whole number from 1 to 9999");
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "model.runtime-1");
    thread.setDaemon(true);
    return thread;
  }

  private static void late(Runnable task, Executor stopped) {
    logger.debug("model_task_late");
  }

  private static Path folder(BundleContext context, String name) {
    return DataDirectory.of(context::getProperty)
        .map(data -> data.resolve(name))
        .or(() -> Optional.ofNullable(context.getDataFile(name)).map(File::toPath))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    NAME + ": there is no property kete.data and no data area"));
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindEngine(ModelEngine engine, Map<String, Object> properties) {
    if (properties.get(ModelEngine.ENGINE) instanceof String name) {
      surroundings.add(name, engine);
      catalogue.changed();
    }
  }

  void unbindEngine(ModelEngine engine) {
    surroundings.remove(engine);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindVerifier(Verifier verifier) {
    surroundings.add(verifier);
    catalogue.changed();
  }

  void unbindVerifier(Verifier verifier) {
    surroundings.remove(verifier);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindConfiguration(ConfigurationService configuration) {
    orders.add(configuration);
  }

  void unbindConfiguration(ConfigurationService configuration) {
    orders.remove(configuration);
  }

  /** The slots that run, and what can be ordered of them. */
  Orders orders() {
    return orders;
  }

  /** What a slot needs. */
  Parts parts(Consumer<Sample> upstream, Executor executor) {
    return new Parts(
        catalogue, surroundings, gate, memory, upstream, executor, System::currentTimeMillis);
  }

  @Override
  public Status status() {
    List<String> problems = new ArrayList<>();
    Map<String, Object> bundles = new HashMap<>();
    for (Installed installed : catalogue.all()) {
      String name = installed.bundle() + " " + installed.version();
      bundles.put(name, installed.candidate().isPresent() ? "usable" : installed.reason());
      if (installed.candidate().isEmpty()) {
        problems.add(
            "bundle " + name + " holds no usable model: " + installed.reason() + "; replace it");
      }
    }
    dropFolder.problem().ifPresent(problems::add);
    return new Status(problems, Map.of("bundles", bundles));
  }

  /** Ends the thread; slots have ended before. */
  @Deactivate
  void deactivate() {
    extender.close();
    worker.shutdown();
    try {
      if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        logger.warn("model_runtime_still_busy seconds={}", STOP_SECONDS);
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
