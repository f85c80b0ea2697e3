// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.inventory;

import org.osgi.framework.Bundle;

/** The words for a bundle's state that OSGi has and Kapua shows. */
public final class BundleState {

  private BundleState() {}

  /** The word for the state it has now. */
  public static String of(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.INSTALLED -> "INSTALLED";
      case Bundle.RESOLVED -> "RESOLVED";
      case Bundle.STARTING -> "STARTING";
      case Bundle.STOPPING -> "STOPPING";
      case Bundle.ACTIVE -> "ACTIVE";
      default -> "UNINSTALLED";
    };
  }
}
