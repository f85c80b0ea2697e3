// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.Map;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;

/** What the cloud service needs of the framework it runs in. */
interface Surroundings extends AutoCloseable {

  /** Offers the publisher to others, and says when announcing is no longer held back. */
  void begin(CloudNotificationPublisher notifications, Runnable released);

  /** The {@code kura.service.pid} under which the notification publisher is found. */
  String notificationPid();

  /** Digests of what makes this gateway the same as another one, by group and name. */
  Map<String, Map<String, String>> identity();

  /** Whether announcing is held back at present. */
  boolean held();

  @Override
  void close();
}
