// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.KapuaAddress;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;

/**
 * Topic, QoS and retain flag as Kura carries them in the properties of a message or a subscription.
 */
record Outgoing(String topic, int qos, boolean retain) {

  static Outgoing of(Map<String, Object> properties, KapuaAddress address) throws KuraException {
    int qos = properties.get("QOS") instanceof Integer configured ? configured : 0;
    boolean retain = Boolean.TRUE.equals(properties.get("RETAIN"));
    if (properties.get("fullTopic") instanceof String full) {
      return new Outgoing(address.resolve(full), qos, retain);
    }
    if (properties.get("appId") instanceof String application) {
      String rest = properties.get("appTopic") instanceof String text ? text : "";
      boolean control = Boolean.TRUE.equals(properties.get("CONTROL"));
      return new Outgoing(
          control ? address.control(application, rest) : address.data(application, rest),
          qos,
          retain);
    }
    throw new KuraException(
        KuraErrorCode.INVALID_PARAMETER, "a message needs the property fullTopic or appId");
  }

  /** A subscription has the keys of a CloudSubscriber's configuration. */
  static Outgoing ofSubscription(Map<String, Object> properties, KapuaAddress address) {
    String application = String.valueOf(properties.get("appId"));
    String rest = properties.get("app.topic") instanceof String text ? text : "";
    int qos = properties.get("qos") instanceof Integer configured ? configured : 0;
    boolean control = "control".equals(properties.get("message.type"));
    return new Outgoing(
        control ? address.control(application, rest) : address.data(application, rest), qos, false);
  }
}
