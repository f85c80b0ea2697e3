// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.KapuaAddress;
import io.kete.kapua.codec.KuraPayloadDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants which topics. Messages are decoded and handed over in their order, on one thread that
 * exists only while it is needed.
 */
final class Subscriptions implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Subscriptions.class);
  private static final int MAX_WAITING = 256;

  /**
   * One subscription.
   *
   * @param filter complete, without tokens
   */
  record Subscription(String filter, int qos, CloudSubscriberListener listener) {}

  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final KuraPayloadDecoder decoder = new KuraPayloadDecoder();
  private final ThreadPoolExecutor thread;

  Subscriptions() {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            new NamedThreads("container.cloud-subscriber"));
    thread.allowCoreThreadTimeOut(true);
  }

  void add(Subscription subscription) {
    subscriptions.add(subscription);
  }

  /** Removes the listener and returns the filters nobody wants any more. */
  List<String> remove(CloudSubscriberListener listener) {
    List<Subscription> gone = subscriptions.stream().filter(s -> s.listener() == listener).toList();
    subscriptions.removeAll(gone);
    return gone.stream()
        .map(Subscription::filter)
        .filter(filter -> subscriptions.stream().noneMatch(s -> s.filter().equals(filter)))
        .toList();
  }

  List<Subscription> all() {
    return List.copyOf(subscriptions);
  }

  /** Takes a message from the MQTT client's thread. */
  void accept(String topic, byte[] payload) {
    for (Subscription subscription : subscriptions) {
      if (KapuaAddress.matches(subscription.filter(), topic)) {
        try {
          thread.execute(() -> deliver(subscription.listener(), topic, payload));
        } catch (RejectedExecutionException e) {
          logger.warn("message_dropped waiting={}: the subscriber is too slow", MAX_WAITING);
        }
      }
    }
  }

  private void deliver(CloudSubscriberListener listener, String topic, byte[] payload) {
    // border: command handler
    try {
      listener.onMessageArrived(
          new KuraMessage(decoder.decode(payload), Map.of("fullTopic", topic)));
    } catch (RuntimeException e) {
      logger.error("subscriber_failed listener={}", listener.getClass().getName(), e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
