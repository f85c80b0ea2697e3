// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

import java.util.Locale;

/** What Kapua can be notified of. */
public enum Operation {
  /** Fetching a package. */
  DOWNLOAD,
  /** Installing it. */
  INSTALL,
  /** Removing it. */
  UNINSTALL;

  /** Last level of the notification's topic. */
  public String resource() {
    return name().toLowerCase(Locale.ROOT);
  }

  String metric(String what) {
    return "dp." + resource() + "." + what;
  }
}
