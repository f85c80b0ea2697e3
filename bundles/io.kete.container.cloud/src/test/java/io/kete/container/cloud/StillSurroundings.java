// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.Map;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.jspecify.annotations.Nullable;

/** A framework in which only happens what the test says. */
final class StillSurroundings implements Surroundings {

  volatile @Nullable CloudNotificationPublisher notifications;
  volatile Map<String, Map<String, String>> digests =
      Map.of("kete.digests", Map.of("bundles", "00ff"));
  private volatile boolean holding;
  private volatile @Nullable Runnable released;

  void hold() {
    holding = true;
  }

  void release() {
    holding = false;
    Runnable call = released;
    if (call != null) {
      call.run();
    }
  }

  @Override
  public void begin(CloudNotificationPublisher publisher, Runnable whenReleased) {
    notifications = publisher;
    released = whenReleased;
  }

  @Override
  public String notificationPid() {
    return "cloud-notifications";
  }

  @Override
  public Map<String, Map<String, String>> identity() {
    return digests;
  }

  @Override
  public boolean held() {
    return holding;
  }

  @Override
  public void close() {
    notifications = null;
  }
}
