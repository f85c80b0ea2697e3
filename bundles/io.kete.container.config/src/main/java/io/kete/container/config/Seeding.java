// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves configuration between the files and the gateway, on the thread {@code config-1}. */
final class Seeding implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Seeding.class);
  private static final long STOP_SECONDS = 5;
  private static final String FILES = "snapshot files";

  private final SnapshotDirectory directory;
  private final Configurations configurations;
  private final Secrets secrets;
  private final CryptoWatch crypto;
  private final Problems problems;
  private final Duration quiet;
  private final ScheduledThreadPoolExecutor thread;
  private final BundleTracker<List<Metatype>> bundles;
  private volatile String current = "";
  private final long begin = System.nanoTime();
  // only on the thread
  private Optional<ScheduledFuture<?>> report = Optional.empty();

  Seeding(
      BundleContext context,
      SnapshotDirectory directory,
      Configurations configurations,
      Secrets secrets,
      CryptoWatch crypto,
      Problems problems,
      Duration quiet) {
    this.secrets = secrets;
    this.directory = directory;
    this.configurations = configurations;
    this.crypto = crypto;
    this.problems = problems;
    this.quiet = quiet;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "config-1");
              made.setDaemon(true);
              return made;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.bundles =
        new BundleTracker<>(
            context,
            BundleMetatypes.STATES,
            new BundleMetatypes(problems, this::added, this::removed));
  }

  void start() {
    run(this::load);
  }

  /** Runs a task on the thread; after the close it is dropped. */
  void run(Runnable task) {
    runAfter(Duration.ZERO, task);
  }

  /** Runs a task on the thread, not before that time has passed. */
  void runAfter(Duration delay, Runnable task) {
    var unused =
        thread.schedule(
            () -> {
              try {
                task.run();
              } catch (RuntimeException bug) {
                // border: a scheduled task body; the thread has to go on for the other bundles
                logger.error("config_task_failed", bug);
              }
            },
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void load() {
    try {
      directory.tidy();
      Snapshot newest = newest();
      current = newest.components().isEmpty() ? "none" : newest.source();
      configurations.seed(newest);
    } catch (IOException unreadable) {
      logger.error("config_store_failed reason=\"{}\"", unreadable.getMessage(), unreadable);
      problems.add(FILES, "The snapshots or ConfigurationAdmin cannot be read, see the log");
    }
    crypto.open();
    bundles.open();
    run(this::loaded);
  }

  private void loaded() {
    logger.info(
        "config_loaded components={} waiting={} refused={} snapshot={} ms={}",
        configurations.count(Entry.Applied.class),
        configurations.count(Entry.Waiting.class),
        configurations.count(Entry.Refused.class),
        current,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    later();
  }

  /** The newest snapshot that can be read, or an empty one. */
  private Snapshot newest() throws IOException {
    List<Long> ids = new ArrayList<>(directory.ids().descendingSet());
    for (long id : ids) {
      try {
        return directory.read(id);
      } catch (DocumentException unreadable) {
        logger.error(
            "config_snapshot_unreadable file={} line={} reason=\"{}\"",
            unreadable.source(),
            unreadable.line(),
            unreadable.reason());
        problems.add(
            FILES,
            unreadable.getMessage()
                + (id == ids.get(ids.size() - 1)
                    ? "; the gateway runs with defaults"
                    : "; the snapshot before it is used"));
      }
    }
    Path expected = directory.file(0);
    logger.warn("config_defaults_used reason=\"no readable snapshot\" expected={}", expected);
    return new Snapshot(expected.toString(), List.of());
  }

  private void added(List<Metatype> metatypes) {
    if (!metatypes.isEmpty()) {
      run(
          () -> {
            metatypes.forEach(configurations::define);
            later();
          });
    }
  }

  private void removed(List<Metatype> metatypes) {
    run(() -> metatypes.forEach(configurations::undefine));
  }

  private void later() {
    report.ifPresent(pending -> pending.cancel(false));
    report =
        Optional.of(
            thread.schedule(
                configurations::reportWaiting, quiet.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Writes a configuration as a new snapshot and gives its id. */
  long write(List<Entry> entries, long now) throws KuraException {
    List<StoredComponent> components = entries.stream().map(Entry::stored).toList();
    try {
      long id = directory.write(document(components), now);
      problems.clear(FILES);
      current = directory.file(id).toString();
      logger.info("snapshot_written id={} components={}", id, components.size());
      return id;
    } catch (IOException failed) {
      problems.clear(FILES);
      problems.add(FILES, "The last snapshot could not be written: " + failed.getMessage());
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_SNAPSHOT_TAKING, failed, failed.getMessage());
    }
  }

  private byte[] document(List<StoredComponent> components) throws KuraException {
    List<SnapshotWriter.Part> parts = new ArrayList<>();
    for (StoredComponent component : components) {
      parts.add(new SnapshotWriter.Part(secrets.atRest(component), null));
    }
    return SnapshotWriter.write(parts);
  }

  /** A CryptoService came or went. */
  void secretsChanged() {
    run(configurations::secretsChanged);
    run(this::sealFiles);
  }

  /** Passwords in snapshots that somebody could read, such as a seed's, are sealed in place. */
  private void sealFiles() {
    if (!secrets.canSeal()) {
      return;
    }
    try {
      for (long id : directory.ids()) {
        seal(id);
      }
    } catch (IOException | KuraException failed) {
      logger.error("config_store_failed reason=\"{}\"", failed.getMessage(), failed);
      problems.add(FILES, "Passwords in the snapshots could not be sealed, see the log");
    }
  }

  private void seal(long id) throws IOException, KuraException {
    Snapshot snapshot;
    try {
      snapshot = directory.read(id);
    } catch (DocumentException unreadable) {
      logger.debug("snapshot_not_sealed id={}: it cannot be read", id);
      return;
    }
    if (snapshot.components().stream().anyMatch(Secrets::anyOpen)) {
      directory.replace(id, document(snapshot.components()));
      logger.info("snapshot_sealed id={}", id);
    }
  }

  /** The file that holds the present configuration. */
  String current() {
    return current;
  }

  /** Keys of a change that nobody knows. */
  void reportIgnored(Change change) {
    change
        .ignored()
        .forEach(
            (pid, keys) ->
                logger.warn(
                    "config_keys_ignored pid={} keys={}",
                    Keys.shown(pid),
                    keys.stream().map(Keys::shown).toList()));
  }

  @Override
  public void close() {
    // the thread first: it may just be opening the trackers
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException stop) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    bundles.close();
    crypto.close();
  }
}
