// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.Set;

/** Property keys with a meaning of their own. */
final class Keys {
  static final String FACTORY_PID = "service.factoryPid";
  static final String SERVICE_PID = "service.pid";
  static final String KURA_PID = "kura.service.pid";

  private static final Set<String> KURA =
      Set.of(
          "cloud.connection.factory.pid",
          "cloud.endpoint.service.pid",
          "driver.pid",
          "asset.desc",
          "emitter.port.count",
          "receiver.port.count");
  private static final int SHOWN = 200;

  private Keys() {}

  /** Keys that no metatype declares and that are right all the same. */
  static boolean needsNoDefinition(String key) {
    return isChannel(key)
        || isIdentity(key)
        || key.startsWith("service.")
        || key.startsWith("kura.")
        || key.startsWith("component.")
        || key.endsWith(".target")
        || KURA.contains(key);
  }

  /** Keys of an asset's channels: {@code <channel>#<key>}. */
  static boolean isChannel(String key) {
    return key.indexOf('#') >= 0;
  }

  /** Keys that say whose configuration it is; they cannot be changed. */
  static boolean isIdentity(String key) {
    return key.equals(FACTORY_PID)
        || key.equals(SERVICE_PID)
        || key.equals(KURA_PID)
        || key.equals("service.bundleLocation");
  }

  /** A name out of a document, fit for one line of a log. */
  static String shown(String name) {
    String cut = name.length() > SHOWN ? name.substring(0, SHOWN) + "..." : name;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
