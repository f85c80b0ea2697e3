// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.security.keystore;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/** Sent when the content of a key store changed. */
@ProviderType
public class KeystoreChangedEvent extends Event {
  public static final String EVENT_TOPIC =
      "org/eclipse/kura/security/keystore/KeystoreChangedEvent/KEYSTORE_CHANGED";
  public static final String SENDER_PID_PROPERTY_KEY = "sender.pid";

  /** For the store with that {@code kura.service.pid}. */
  public KeystoreChangedEvent(String keystoreServicePid) {
    super(EVENT_TOPIC, Map.of(SENDER_PID_PROPERTY_KEY, keystoreServicePid));
  }

  /** The {@code kura.service.pid} of the store. */
  public String getSenderPid() {
    return (String) getProperty(SENDER_PID_PROPERTY_KEY);
  }
}
