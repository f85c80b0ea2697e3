// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.BirthBuilder;
import io.kete.kapua.codec.BirthMetric;
import io.kete.kapua.codec.KapuaAddress;
import io.kete.kapua.codec.Lifecycle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what the gateway is: BIRTH on each connection, APPS when applications changed, DC on
 * leaving.
 *
 * <p>While announcing is held back no BIRTH is sent and no APPS on a living connection; a new
 * connection, which has to say who it is, begins with APPS then, and BIRTH follows after the hold.
 */
final class Announcer {

  private static final Logger logger = LoggerFactory.getLogger(Announcer.class);

  /** Sends a life-cycle message. */
  @FunctionalInterface
  interface Sender {
    void send(String topic, KuraPayload payload, int qos) throws KuraException;
  }

  /**
   * What is announced; each is asked anew for every message.
   *
   * @param identity digests by group and name
   * @param held whether announcing is held back
   */
  record Source(
      DeviceFacts facts,
      Supplier<KapuaAddress> address,
      Supplier<CloudSettings> settings,
      Supplier<Collection<String>> applications,
      Supplier<Map<String, Map<String, String>>> identity,
      BooleanSupplier held) {}

  private final Sender sender;
  private final Source source;
  private final ScheduledExecutorService scheduler;
  private final Duration delay;
  private final InstantSource clock;
  private @Nullable Future<?> pending;
  private @Nullable Lifecycle owed;
  private boolean speaking;
  private Lifecycle next = Lifecycle.APPS;
  private Map<String, Map<String, String>> saidIdentity = Map.of();

  Announcer(
      Sender sender,
      Source source,
      ScheduledExecutorService scheduler,
      Duration delay,
      InstantSource clock) {
    this.sender = sender;
    this.source = source;
    this.scheduler = scheduler;
    this.delay = delay;
    this.clock = clock;
  }

  /** First message of a connection; whatever was waiting to be announced is in it. */
  void connected() throws KuraException {
    forget();
    boolean held = source.held().getAsBoolean();
    speak(held);
    boolean said = false;
    try {
      announce(held ? Lifecycle.APPS : Lifecycle.BIRTH);
      said = true;
    } finally {
      if (!said) {
        forget();
      }
    }
  }

  private synchronized void speak(boolean held) {
    speaking = true;
    owed = held ? Lifecycle.BIRTH : null;
  }

  /**
   * Announces after the delay; changes within it go out as one message, as BIRTH if any of them
   * needs that. Without a connection there is nothing to do: the next one announces everything.
   */
  synchronized void later(Lifecycle message) {
    if (!speaking) {
      return;
    }
    if (pending != null && !pending.isDone()) {
      next = message == Lifecycle.BIRTH ? message : next;
      return;
    }
    next = message;
    pending = scheduler.schedule(this::due, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The hold is over: what was held back follows after the delay, at least APPS. */
  void released() {
    Lifecycle message;
    synchronized (this) {
      message = owed == null ? Lifecycle.APPS : owed;
      owed = null;
    }
    later(message);
  }

  /** Announces with APPS when the digests are others than those said last. */
  void checkIdentity() {
    // border: scheduled task body
    try {
      Map<String, Map<String, String>> present = source.identity().get();
      boolean changed;
      synchronized (this) {
        changed = !present.equals(saidIdentity);
      }
      if (changed) {
        later(Lifecycle.APPS);
      }
    } catch (RuntimeException e) {
      logger.warn("identity_check_failed: digests in the console may be old", e);
    }
  }

  /** Drops what waits; a new connection announces everything anyway. */
  synchronized void forget() {
    speaking = false;
    owed = null;
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  /** Says good-bye; Kapua shows the gateway as disconnected. */
  void leave() throws KuraException {
    forget();
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(Date.from(clock.instant()));
    payload.addMetric(BirthMetric.UPTIME.metric(), source.facts().uptime());
    payload.addMetric(
        BirthMetric.DISPLAY_NAME.metric(), source.facts().displayName(source.settings().get()));
    sender.send(source.address().get().lifecycle(Lifecycle.DC), payload, 0);
  }

  private synchronized void owe(Lifecycle message) {
    owed = owed == Lifecycle.BIRTH ? owed : message;
  }

  private void due() {
    Lifecycle message;
    synchronized (this) {
      message = next;
      pending = null;
    }
    if (source.held().getAsBoolean()) {
      owe(message);
      if (!source.held().getAsBoolean()) {
        released();
      }
      return;
    }
    // border: scheduled task body
    try {
      announce(message);
    } catch (KuraTooManyInflightMessagesException full) {
      later(message);
    } catch (KuraException | RuntimeException e) {
      logger.warn(
          "announcement_failed message={}: the next connection announces everything again",
          message,
          e);
    }
  }

  private void announce(Lifecycle message) throws KuraException {
    CloudSettings settings = source.settings().get();
    Collection<String> ids = source.applications().get();
    Map<String, Map<String, String>> identity = source.identity().get();
    BirthBuilder birth =
        new BirthBuilder()
            .set(BirthMetric.DISPLAY_NAME, source.facts().displayName(settings))
            .set(BirthMetric.ACCEPT_ENCODING, settings.gzip() ? "gzip" : "")
            .set(BirthMetric.APPLICATION_IDS, ids)
            .set(BirthMetric.PAYLOAD_ENCODING, "KURA_PROTOBUF")
            .extendedProperties(identity);
    source.facts().addTo(birth);
    sender.send(source.address().get().lifecycle(message), birth.build(clock.instant()), 1);
    synchronized (this) {
      saidIdentity = identity;
    }
    logger.info("announced message={} applications={}", message, ids);
  }
}
