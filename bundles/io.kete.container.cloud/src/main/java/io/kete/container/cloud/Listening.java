// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.kura.KuraException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subscribes at the broker, again and again while it refuses. */
final class Listening {

  private static final Logger logger = LoggerFactory.getLogger(Listening.class);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Link link;
  private final ScheduledExecutorService workers;
  private final BooleanSupplier born;

  /**
   * Subscribes to nothing yet.
   *
   * @param born whether the gateway has announced itself on the present connection
   */
  Listening(Link link, ScheduledExecutorService workers, BooleanSupplier born) {
    this.link = link;
    this.workers = workers;
    this.born = born;
  }

  void begin(String filter, int qos) {
    workers.execute(() -> subscribe(filter, qos));
  }

  void end(String filter) {
    workers.execute(
        () -> {
          try {
            link.unsubscribe(filter);
          } catch (KuraException e) {
            logger.debug("unsubscribe_failed code={}", e.getCode());
          }
        });
  }

  private void subscribe(String filter, int qos) {
    if (!born.getAsBoolean()) {
      return;
    }
    // border: scheduled task body
    try {
      link.subscribe(filter, qos);
      logger.debug("subscribed filter={}", filter);
    } catch (KuraException | RuntimeException e) {
      if (born.getAsBoolean() && link.isConnected()) {
        logger.warn(
            "subscribe_failed filter={}: check the rights of this user at the broker; trying again in 30 s",
            filter,
            e);
        var unused =
            workers.schedule(() -> subscribe(filter, qos), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }
}
