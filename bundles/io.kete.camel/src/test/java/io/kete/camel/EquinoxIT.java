// SPDX-License-Identifier: EPL-2.0
package io.kete.camel;

import org.eclipse.osgi.launch.EquinoxFactory;
import org.osgi.framework.launch.FrameworkFactory;

/** Equinox 3.16.0 is the framework of Kura 5. */
final class EquinoxIT extends CamelBundleScenarios {
  @Override
  FrameworkFactory framework() {
    return new EquinoxFactory();
  }
}
