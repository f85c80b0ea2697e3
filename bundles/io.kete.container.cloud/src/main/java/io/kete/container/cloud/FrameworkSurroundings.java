// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.configuration.ConfigurationService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The framework's services, bundles and the hold of announcements. */
final class FrameworkSurroundings implements Surroundings {

  private final BundleContext bundle;
  private final String pid;
  private final GatewayIdentity identity;
  private @Nullable ServiceRegistration<CloudNotificationPublisher> offered;
  private @Nullable AnnouncementHold hold;

  /**
   * Nothing is offered yet.
   *
   * @param pid kura.service.pid of the cloud service
   */
  FrameworkSurroundings(BundleContext bundle, String pid) {
    this.bundle = bundle;
    this.pid = pid;
    this.identity = new GatewayIdentity(bundle);
  }

  @Override
  @SuppressWarnings("JdkObsolete") // the framework takes a Dictionary
  public synchronized void begin(CloudNotificationPublisher notifications, Runnable released) {
    hold = new AnnouncementHold(bundle, released);
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(ConfigurationService.KURA_SERVICE_PID, notificationPid());
    properties.put("cloud.endpoint.service.pid", pid);
    offered = bundle.registerService(CloudNotificationPublisher.class, notifications, properties);
  }

  @Override
  public String notificationPid() {
    return pid + "-notifications";
  }

  @Override
  public Map<String, Map<String, String>> identity() {
    return identity.digests();
  }

  @Override
  public synchronized boolean held() {
    return hold != null && hold.active();
  }

  @Override
  public synchronized void close() {
    if (offered != null) {
      offered.unregister();
      offered = null;
    }
    if (hold != null) {
      hold.close();
      hold = null;
    }
    identity.close();
  }
}
