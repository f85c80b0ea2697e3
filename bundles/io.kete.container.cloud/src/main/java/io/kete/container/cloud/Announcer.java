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
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
 */
final class Announcer {

  private static final Logger logger = LoggerFactory.getLogger(Announcer.class);

  /** Sends a life-cycle message. */
  @FunctionalInterface
  interface Sender {
    void send(String topic, KuraPayload payload, int qos) throws KuraException;
  }

  private final Sender sender;
  private final DeviceFacts facts;
  private final Supplier<Collection<String>> applications;
  private final ScheduledExecutorService scheduler;
  private final Duration delay;
  private final InstantSource clock;
  private @Nullable Future<?> pending;
  private Lifecycle next = Lifecycle.APPS;

  Announcer(
      Sender sender,
      DeviceFacts facts,
      Supplier<Collection<String>> applications,
      ScheduledExecutorService scheduler,
      Duration delay,
      InstantSource clock) {
    this.sender = sender;
    this.facts = facts;
    this.applications = applications;
    this.scheduler = scheduler;
    this.delay = delay;
    this.clock = clock;
  }

  /** Sends BIRTH now; whatever was waiting to be announced is in it. */
  void birth(KapuaAddress address, CloudSettings settings) throws KuraException {
    forget();
    announce(Lifecycle.BIRTH, address, settings);
  }

  /**
   * Announces after the delay; changes within it go out as one message, as BIRTH if any of them
   * needs that.
   */
  synchronized void later(
      Lifecycle message, Supplier<KapuaAddress> address, Supplier<CloudSettings> settings) {
    if (pending != null && !pending.isDone()) {
      next = message == Lifecycle.BIRTH ? message : next;
      return;
    }
    next = message;
    pending =
        scheduler.schedule(
            () -> due(address.get(), settings.get()), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Drops what waits; a new connection announces everything anyway. */
  synchronized void forget() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  /** Says good-bye; Kapua shows the gateway as disconnected. */
  void leave(KapuaAddress address, CloudSettings settings) throws KuraException {
    forget();
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(Date.from(clock.instant()));
    payload.addMetric(BirthMetric.UPTIME.metric(), facts.uptime());
    payload.addMetric(BirthMetric.DISPLAY_NAME.metric(), facts.displayName(settings));
    sender.send(address.lifecycle(Lifecycle.DC), payload, 0);
  }

  private void due(KapuaAddress address, CloudSettings settings) {
    Lifecycle message;
    synchronized (this) {
      message = next;
      pending = null;
    }
    // border: scheduled task body
    try {
      announce(message, address, settings);
    } catch (KuraTooManyInflightMessagesException full) {
      later(message, () -> address, () -> settings);
    } catch (KuraException | RuntimeException e) {
      logger.warn(
          "announcement_failed message={}: the next connection announces everything again",
          message,
          e);
    }
  }

  private void announce(Lifecycle message, KapuaAddress address, CloudSettings settings)
      throws KuraException {
    Collection<String> ids = applications.get();
    BirthBuilder birth =
        new BirthBuilder()
            .set(BirthMetric.DISPLAY_NAME, facts.displayName(settings))
            .set(BirthMetric.ACCEPT_ENCODING, settings.gzip() ? "gzip" : "")
            .set(BirthMetric.APPLICATION_IDS, ids)
            .set(BirthMetric.PAYLOAD_ENCODING, "KURA_PROTOBUF");
    facts.addTo(birth);
    sender.send(address.lifecycle(message), birth.build(clock.instant()), 1);
    logger.info("announced message={} applications={}", message, ids);
  }
}
