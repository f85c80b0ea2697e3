// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/** Sent once the start configuration has been applied to every component. */
@ProviderType
public class KuraConfigReadyEvent extends Event {
  public static final String KURA_CONFIG_EVENT_READY_TOPIC =
      "org/eclipse/kura/configuration/ConfigEvent/READY";

  /** With the event's properties. */
  public KuraConfigReadyEvent(Map<String, ?> properties) {
    super(KURA_CONFIG_EVENT_READY_TOPIC, properties);
  }
}
