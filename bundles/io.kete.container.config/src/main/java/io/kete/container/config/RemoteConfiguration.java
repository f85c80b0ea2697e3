// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static io.kete.container.config.ConfigurationRequests.badRequest;
import static io.kete.container.config.ConfigurationRequests.notFound;

import io.kete.container.config.Entry.Applied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.OCD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration as a console far away sees and changes it: in documents, without a password in
 * them, and so that a change that cannot be made is refused before it is answered. What was
 * accepted is on the medium before the answer, as a snapshot, and made a moment later, because it
 * may cut the connection the answer goes over; whoever asks in between waits for it.
 */
final class RemoteConfiguration {

  private static final Logger logger = LoggerFactory.getLogger(RemoteConfiguration.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_REASON = 4000;

  private final SnapshotConfigurationService service;
  private final Configurations configurations;
  private final Seeding seeding;
  private final Duration delay;
  private volatile CompletableFuture<Void> pending = CompletableFuture.completedFuture(null);

  /**
   * Changes nothing yet.
   *
   * @param delay how long an accepted change waits for its answer to leave
   */
  RemoteConfiguration(
      SnapshotConfigurationService service,
      Configurations configurations,
      Seeding seeding,
      Duration delay) {
    this.service = service;
    this.configurations = configurations;
    this.seeding = seeding;
    this.delay = delay;
  }

  /** The document of one component, or of all. */
  byte[] document(Optional<String> pid) throws KuraException {
    awaitPending();
    List<SnapshotWriter.Part> parts = new ArrayList<>();
    for (Entry entry : configurations.all()) {
      if (entry.state() instanceof Applied applied && pid.map(entry.pid()::equals).orElse(true)) {
        OCD definition = service.definition(entry).orElse(null);
        StoredComponent component =
            SnapshotWriter.stored(
                entry.pid(), entry.factoryPid(), Placeholder.masked(applied.values()));
        parts.add(new SnapshotWriter.Part(component, definition));
      }
    }
    if (pid.isPresent() && parts.isEmpty()) {
      throw notFound("there is no configured component " + Keys.shown(pid.get()));
    }
    parts.sort(Comparator.comparing(part -> part.component().pid()));
    return SnapshotWriter.write(parts);
  }

  Set<Long> snapshots() throws KuraException {
    awaitPending();
    return service.getSnapshots();
  }

  byte[] snapshot(long id) throws KuraException {
    awaitPending();
    return SnapshotWriter.write(
        stored(id).components().stream()
            .map(component -> new SnapshotWriter.Part(Placeholder.masked(component), null))
            .toList());
  }

  private Snapshot stored(long id) throws KuraException {
    if (!service.getSnapshots().contains(id)) {
      throw notFound("there is no snapshot " + id);
    }
    return service.stored(id);
  }

  long take() throws KuraException {
    awaitPending();
    return service.snapshot();
  }

  /** Checks a change against the definitions and makes it soon. */
  void change(byte[] document, Optional<String> pid) throws KuraException {
    awaitPending();
    Snapshot wanted = read(document);
    if (pid.isPresent() && !wanted.components().stream().allMatch(c -> c.pid().equals(pid.get()))) {
      throw badRequest("the document holds another component than " + Keys.shown(pid.get()));
    }
    if (wanted.components().isEmpty()) {
      throw badRequest("the document holds no configuration");
    }
    List<String> refusals = new ArrayList<>();
    List<ComponentConfiguration> views = new ArrayList<>();
    for (StoredComponent component : wanted.components()) {
      views.add(new ComponentView(component.pid(), null, values(component, refusals)));
    }
    refuse(refusals);
    accept(() -> service.planned(views));
  }

  private static Snapshot read(byte[] document) throws KuraException {
    try {
      return SnapshotReader.read("body", document);
    } catch (DocumentException wrong) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, wrong, wrong.getMessage());
    }
  }

  private Map<String, Object> values(StoredComponent component, List<String> refusals) {
    String pid = Keys.shown(component.pid());
    if (component.properties().isEmpty()) {
      refusals.add(pid + " has no properties in the document; nothing is cleared that way");
    }
    Checked typed = PropertyCheck.typed(component);
    for (Fault fault : typed.faults()) {
      refusals.add(pid + ": " + Keys.shown(fault.key()) + " " + fault.reason());
    }
    Map<String, Object> known =
        configurations.entry(component.pid()).map(RemoteConfiguration::present).orElse(Map.of());
    Map<String, Object> values = new LinkedHashMap<>();
    typed
        .values()
        .forEach(
            (key, value) ->
                Placeholder.filled(value, Optional.ofNullable(known.get(key)))
                    .ifPresentOrElse(
                        filled -> values.put(key, filled),
                        () ->
                            refusals.add(
                                pid
                                    + ": "
                                    + Keys.shown(key)
                                    + " holds the placeholder, and no password is stored")));
    return values;
  }

  private static Map<String, Object> present(Entry entry) {
    return entry.state() instanceof Applied applied
        ? applied.values()
        : PropertyCheck.typed(entry.stored()).values();
  }

  /** Deletes an instance of a factory soon. */
  void delete(String pid) throws KuraException {
    awaitPending();
    Entry entry =
        configurations
            .entry(pid)
            .orElseThrow(() -> notFound("there is no component " + Keys.shown(pid)));
    if (entry.factoryPid() == null) {
      throw badRequest(Keys.shown(pid) + " is no instance of a factory and cannot be deleted");
    }
    accept(() -> Change.delete(pid));
  }

  /** Goes back soon, to the snapshot wanted or the one before the newest; gives its id. */
  long rollBack(Optional<Long> wanted) throws KuraException {
    awaitPending();
    List<Long> ids = List.copyOf(service.getSnapshots());
    if (wanted.isEmpty() && ids.size() < 2) {
      throw badRequest("there is no earlier snapshot to go back to");
    }
    long id = wanted.isPresent() ? wanted.get() : ids.get(ids.size() - 2);
    Snapshot goal = stored(id);
    accept(() -> Change.restore(configurations, goal));
    return id;
  }

  private static void refuse(List<String> refusals) throws KuraException {
    if (!refusals.isEmpty()) {
      String reason = String.join("; ", refusals);
      throw badRequest(reason.substring(0, Math.min(reason.length(), MAX_REASON)));
    }
  }

  /** Puts a change on the medium, where it outlives the gateway, and has it made soon. */
  private synchronized void accept(Supplier<Change> plan) throws KuraException {
    if (!configurations.isSeeded()) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE, "the stored configuration has not been read yet");
    }
    Change change = plan.get();
    refuse(change.refusals());
    long snapshot = service.store(change);
    CompletableFuture<Void> done = new CompletableFuture<>();
    pending = done;
    seeding.runAfter(
        delay,
        () -> {
          try {
            service.makeStored(plan.get(), snapshot);
          } catch (KuraException failed) {
            logger.error("config_change_failed reason=\"{}\"", failed.getMessage(), failed);
          } finally {
            done.complete(null);
          }
        });
  }

  /** A change that was answered has been made before anything else is asked. */
  private void awaitPending() throws KuraException {
    try {
      pending.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException busy) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE, busy, "the change before is still being made");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KuraException(KuraErrorCode.SERVICE_UNAVAILABLE, stopped, "the gateway stops");
    }
  }
}
