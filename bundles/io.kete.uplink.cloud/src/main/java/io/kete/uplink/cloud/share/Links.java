// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.share;

import java.util.HashMap;
import java.util.Map;

/** The links of the gateway by name; uplinks that name the same one share it. */
public final class Links {

  /** Those of this bundle: components know each other by nothing but the name of their link. */
  public static final Links OF_THE_GATEWAY = new Links();

  private final Map<String, SharedLink> links = new HashMap<>();

  /** Takes part in the link of that name. */
  public synchronized SharedLink.Share join(String name, Runnable wake) {
    links.values().removeIf(SharedLink::isUnused);
    return links.computeIfAbsent(name, n -> new SharedLink()).join(wake);
  }
}
