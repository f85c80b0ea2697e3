// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.message;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** A payload with properties that decide where it goes. */
@ProviderType
public class KuraMessage {
  private final KuraPayload payload;
  private final Map<String, Object> properties;

  /** A message without properties. */
  public KuraMessage(KuraPayload payload) {
    this(payload, Map.of());
  }

  /** A message with a copy of the properties. */
  public KuraMessage(KuraPayload payload, Map<String, Object> properties) {
    this.payload = payload;
    this.properties = new HashMap<>(properties);
  }

  /** The properties; may be changed. */
  public Map<String, Object> getProperties() {
    return properties;
  }

  /** The content. */
  public KuraPayload getPayload() {
    return payload;
  }
}
