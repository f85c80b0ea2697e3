// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.request;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.osgi.annotation.versioning.ProviderType;

/** Where a request came from and how to tell its sender more later. */
@ProviderType
public class RequestHandlerContext {
  private final CloudNotificationPublisher notificationPublisher;
  private final Map<String, String> contextProperties;

  /** Keeps the publisher and a copy of the properties. */
  public RequestHandlerContext(
      CloudNotificationPublisher notificationPublisher, Map<String, String> contextProperties) {
    this.notificationPublisher = notificationPublisher;
    this.contextProperties = new HashMap<>(contextProperties);
  }

  /** Sends notifications back along the same connection. */
  public CloudNotificationPublisher getNotificationPublisher() {
    return notificationPublisher;
  }

  /** Keys are names of {@link RequestHandlerContextConstants}; read-only. */
  public Map<String, String> getContextProperties() {
    return Collections.unmodifiableMap(contextProperties);
  }
}
