// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.install.Step;
import io.kete.kapua.codec.deploy.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who ordered something how it goes. Progress is told if the link is up. An ending is told
 * until the broker has confirmed it, over lost links and restarts; only then the order is
 * forgotten. It may arrive twice.
 */
final class Notifier {

  private static final Logger logger = LoggerFactory.getLogger(Notifier.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration UNCONFIRMED = Duration.ofSeconds(10);
  private static final int EXACTLY_SENT = 1;

  private final JobStore jobs;
  private final ScheduledExecutorService thread;
  private final Map<String, CloudEndpoint> endpoints = new ConcurrentHashMap<>();
  private final Map<String, String> clientIds = new ConcurrentHashMap<>();
  private final Map<Long, Job> unsent = new LinkedHashMap<>();
  private final Map<Long, Long> sentNanos = new HashMap<>();
  private final Map<String, Long> awaited = new HashMap<>();
  private final CloudDeliveryListener listener = this::confirmed;
  private boolean scheduled;

  Notifier(JobStore jobs, ScheduledExecutorService thread) {
    this.jobs = jobs;
    this.thread = thread;
  }

  void add(String connection, CloudEndpoint endpoint) {
    endpoints.put(connection, endpoint);
    endpoint.registerCloudDeliveryListener(listener);
  }

  void remove(String connection, CloudEndpoint endpoint) {
    if (endpoints.remove(connection, endpoint)) {
      endpoint.unregisterCloudDeliveryListener(listener);
    }
  }

  /** Under which client id the gateway was asked; known from the first request of a run on. */
  void named(String connection, String clientId) {
    clientIds.put(connection, clientId);
  }

  /** How it goes; lost when the link is down. */
  void progress(Job job, Progress.State state, int percent, long size, int index, String message) {
    Progress progress =
        new Progress(
            job.operation(), job.id(), state, percent, size, index, job.subject(), message);
    try {
      publish(job, progress, 0);
    } catch (KuraException e) {
      logger.debug("progress_not_told job={} code={}", job.id(), e.getCode());
    }
  }

  /** How it ended; the job is on disk with its ending. Returns at once. */
  synchronized void deliver(Job job) {
    unsent.put(job.number(), job);
    schedule(Duration.ZERO);
  }

  /** How many endings somebody still has to hear of. */
  synchronized int unsent() {
    return unsent.size();
  }

  private synchronized void schedule(Duration delay) {
    if (!scheduled && !thread.isShutdown()) {
      scheduled = true;
      var unused = thread.schedule(this::sendAll, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void sendAll() {
    List<Job> due;
    synchronized (this) {
      scheduled = false;
      long now = System.nanoTime();
      due =
          unsent.values().stream()
              .filter(
                  job ->
                      now - sentNanos.getOrDefault(job.number(), now - UNCONFIRMED.toNanos())
                          >= UNCONFIRMED.toNanos())
              .toList();
    }
    // border: scheduled task body
    try {
      due.forEach(this::send);
    } catch (RuntimeException e) {
      logger.error("notifier_broke", e);
    }
    if (unsent() > 0) {
      schedule(AGAIN);
    }
  }

  private void send(Job job) {
    Job.Ending ending = job.ending().orElseThrow();
    Progress.State state = ending.good() ? Progress.State.COMPLETED : Progress.State.FAILED;
    Progress progress =
        new Progress(
            job.operation(),
            job.id(),
            state,
            ending.good() ? 100 : 0,
            0,
            0,
            job.subject(),
            ending.message());
    // the confirmation may come before publish returns: it waits for this lock
    synchronized (this) {
      try {
        String id = publish(job, progress, EXACTLY_SENT);
        awaited.put(id, job.number());
        sentNanos.put(job.number(), System.nanoTime());
      } catch (KuraException e) {
        logger.debug("ending_not_told job={} code={}", job.id(), e.getCode());
        return;
      }
    }
    Step.ENDING_SENT.reached();
  }

  private String publish(Job job, Progress progress, int qos) throws KuraException {
    CloudEndpoint endpoint = endpoints.get(job.connection());
    if (endpoint == null) {
      throw new KuraNotConnectedException("the cloud connection is not there");
    }
    String topic =
        "$EDC/#account-name/"
            + job.requester()
            + "/DEPLOY-V2/NOTIFY/#client-id/"
            + job.operation().resource();
    return String.valueOf(
        endpoint.publish(
            new KuraMessage(
                progress.payload(clientIds.getOrDefault(job.connection(), "")),
                Map.of("fullTopic", topic, "QOS", qos, "RETAIN", false))));
  }

  private void confirmed(String id) {
    Job job;
    synchronized (this) {
      Long number = awaited.remove(id);
      job = number == null ? null : unsent.remove(number);
      if (number != null) {
        sentNanos.remove(number);
      }
    }
    if (job != null && !thread.isShutdown()) {
      thread.execute(() -> forget(job));
    }
  }

  private void forget(Job job) {
    try {
      jobs.remove(job);
      Step.FORGOTTEN.reached();
    } catch (IOException e) {
      logger.error("deploy_order_stays job={} reason=\"{}\"", job.id(), e.getMessage());
    }
  }
}
