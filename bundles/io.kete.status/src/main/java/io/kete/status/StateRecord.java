// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.Sample;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the centre what became of an installation or a start: Kura reports a package as installed
 * even if one of its bundles did not start. The state goes into a durable stream once no bundle has
 * changed for a while, after each start and whenever it differs from the last one stored.
 */
@Component(
    name = StateRecord.PID,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = ConfigurableComponent.class)
@Designate(ocd = StateRecordConfig.class)
public final class StateRecord implements ConfigurableComponent {
  /** The PID of the record. */
  public static final String PID = "io.kete.status.StateRecord";

  static final String ASSET = "kete.gateway";
  private static final Logger logger = LoggerFactory.getLogger(StateRecord.class);

  private final BundleContext context;
  private final String streamName;
  private final long settleMillis;
  private final Clock clock;
  private final BundleListener listener = this::changed;
  private final Map<Stream, Object> streams = new ConcurrentHashMap<>();
  private final AtomicReference<String> stored = new AtomicReference<>("");
  private final AtomicReference<@Nullable ScheduledFuture<?>> pending = new AtomicReference<>();
  private final ScheduledThreadPoolExecutor thread;

  /** Begins to watch; nothing is stored before everything has settled. */
  @Activate
  public StateRecord(BundleContext context, StateRecordConfig config) {
    this(context, config.stream(), config.settle() * 1000L, Clock.systemUTC());
  }

  StateRecord(BundleContext context, String streamName, long settleMillis, Clock clock) {
    if (settleMillis < 1 || settleMillis > 3_600_000) {
      throw new IllegalArgumentException(PID + ": settle must be between 1 and 3600");
    }
    this.context = context;
    this.streamName = streamName;
    this.settleMillis = settleMillis;
    this.clock = clock;
    this.thread = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "status-state-1"));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setRemoveOnCancelPolicy(true);
    if (!streamName.isEmpty()) {
      context.addBundleListener(listener);
      settle();
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addStream(Stream stream) {
    if (stream.name().equals(streamName)) {
      streams.put(stream, PID);
      settle();
    }
  }

  void removeStream(Stream stream) {
    streams.remove(stream);
  }

  private void changed(BundleEvent event) {
    settle();
  }

  private void settle() {
    try {
      ScheduledFuture<?> next = thread.schedule(this::record, settleMillis, TimeUnit.MILLISECONDS);
      ScheduledFuture<?> before = pending.getAndSet(next);
      if (before != null) {
        before.cancel(false);
      }
    } catch (RejectedExecutionException stopping) {
      // the next start records
      logger.debug("state_unrecorded reason=stopping");
    }
  }

  private void record() {
    Optional<Stream> stream = streams.keySet().stream().findFirst();
    if (stream.isEmpty()) {
      return;
    }
    try {
      BundleStates state = BundleStates.of(context.getBundles());
      if (!state.digest().equals(stored.get())) {
        long now = clock.millis();
        Sample sample = new Sample(ASSET, now, ClockQuality.UNKNOWN, state.readings(now));
        stream.get().append(sample, new Answer(state));
      }
    } catch (RuntimeException e) {
      // border of a scheduled task: a bundle or the stream went while it was asked
      logger.warn("state_unrecorded reason={}", e.toString());
    }
  }

  private final class Answer implements AppendCallback {
    private final BundleStates state;

    Answer(BundleStates state) {
      this.state = state;
    }

    @Override
    public void accepted(long seq) {
      stored.set(state.digest());
      logger.info(
          "state_recorded bundles={} active={} failed={}",
          state.bundles(),
          state.active(),
          state.failed().size());
    }

    @Override
    public void refused(Refusal why) {
      logger.warn("state_unrecorded reason={}", why.cause());
      if (why.cause() != Refusal.Cause.INVALID) {
        settle();
      }
    }
  }

  @Deactivate
  void close() {
    context.removeBundleListener(listener);
    thread.shutdownNow();
  }
}
