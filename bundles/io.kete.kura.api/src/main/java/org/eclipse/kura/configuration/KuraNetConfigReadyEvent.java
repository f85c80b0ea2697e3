// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/** Sent once the network configuration has been applied. */
@ProviderType
public class KuraNetConfigReadyEvent extends Event {
  public static final String KURA_NET_CONFIG_EVENT_READY_TOPIC =
      "org/eclipse/kura/configuration/NetConfigEvent/READY";

  /** With the event's properties. */
  public KuraNetConfigReadyEvent(Map<String, ?> properties) {
    super(KURA_NET_CONFIG_EVENT_READY_TOPIC, properties);
  }
}
