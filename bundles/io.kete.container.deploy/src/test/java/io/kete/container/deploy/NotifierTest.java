// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.kapua.codec.deploy.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTest {

  @TempDir Path folder;
  private final ScheduledExecutorService thread = Executors.newScheduledThreadPool(1);

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  /** A connection that is up or not, and confirms when told to. */
  private static final class Connection implements CloudEndpoint {
    private final List<KuraMessage> sent = new CopyOnWriteArrayList<>();
    private final List<CloudDeliveryListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean up;

    @Override
    public String publish(KuraMessage message) throws KuraException {
      if (!up) {
        throw new KuraNotConnectedException("down");
      }
      sent.add(message);
      return "7";
    }

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
      listeners.add(listener);
    }

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
      listeners.remove(listener);
    }

    @Override
    public void registerSubscriber(Map<String, Object> wanted, CloudSubscriberListener listener) {}

    @Override
    public void unregisterSubscriber(CloudSubscriberListener listener) {}
  }

  @Test
  void anEndingIsOnDiskUntilTheBrokerHasConfirmedIt() throws Exception {
    JobStore jobs = new JobStore(folder);
    Notifier notifier = new Notifier(jobs, thread);
    Connection connection = new Connection();
    notifier.add("cloud", connection);
    Job job =
        new Job(1, 42, "me", "cloud", Operation.INSTALL, "p", "1.0.0", "", Optional.empty())
            .ended(false, "no signature");
    jobs.write(job);
    notifier.deliver(job);
    assertThat(notifier.unsent()).isEqualTo(1);
    connection.up = true;
    await().until(() -> !connection.sent.isEmpty());
    assertThat(jobs.all()).as("not confirmed yet").containsExactly(job);
    KuraMessage message = connection.sent.get(0);
    assertThat(message.getProperties())
        .containsEntry("fullTopic", "$EDC/#account-name/me/DEPLOY-V2/NOTIFY/#client-id/install")
        .containsEntry("QOS", 1);
    assertThat(message.getPayload().metrics())
        .containsEntry("dp.install.status", "FAILED")
        .containsEntry("dp.install.error.message", "no signature")
        .containsEntry("job.id", 42L);
    connection.listeners.forEach(listener -> listener.onMessageConfirmed("7"));
    await().untilAsserted(() -> assertThat(jobs.all()).isEmpty());
    assertThat(notifier.unsent()).isZero();
    notifier.remove("cloud", connection);
    assertThat(connection.listeners).isEmpty();
  }
}
