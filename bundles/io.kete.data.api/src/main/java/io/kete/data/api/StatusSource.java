// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Offered as a service by every part that has something to tell. The service property {@link #AREA}
 * names the part, for instance {@code route.pump} or {@code buffer.telemetry}.
 */
@ConsumerType
public interface StatusSource {

  /** Service property: what the status is about, unique on a gateway. */
  String AREA = "kete.status.area";

  /** The present state. Called from any thread, must return at once. */
  Status status();
}
