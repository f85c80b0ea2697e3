// SPDX-License-Identifier: EPL-2.0
package io.kete.camel;

import org.osgi.framework.launch.FrameworkFactory;

final class FelixIT extends CamelBundleScenarios {
  @Override
  FrameworkFactory framework() {
    return new org.apache.felix.framework.FrameworkFactory();
  }
}
