// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The framework with the gateway's bundles. */
final class Gateway {

  private final Framework framework;

  private Gateway(Framework framework) {
    this.framework = framework;
  }

  /** Starts the framework and every bundle; bundles that fail are told of and left out. */
  static Gateway start(LaunchOptions options, StartList bundles, Packages packages)
      throws LaunchException, InterruptedException {
    FrameworkFactory factory =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow(() -> new LaunchException("no OSGi framework in lib; install Kete anew"));
    Framework framework = factory.newFramework(properties(options, bundles.lastLevel(), packages));
    try {
      framework.init();
      Installed installed = Installed.of(framework.getBundleContext(), bundles, packages);
      framework.start();
      installed.start();
      return new Gateway(framework);
    } catch (BundleException e) {
      throw new LaunchException("the framework did not start: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> properties(
      LaunchOptions options, int lastLevel, Packages packages) {
    Path data = options.data();
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(lastLevel));
    properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "");
    properties.put("kete.home", options.home().toString());
    properties.put("kete.data", data.toString());
    properties.put("kura.snapshots", data.resolve("user/snapshots").toString());
    // what lasts is the snapshot; a copy of the configuration in files costs a start and is never
    // read
    properties.put("felix.cm.pm", "memory");
    properties.put("org.apache.felix.eventadmin.ThreadPoolSize", "2");
    properties.put(Packages.LAUNCHER, "true");
    if (!packages.trial().isEmpty()) {
      properties.put(Packages.TRIAL, String.join(",", packages.trial()));
    }
    properties.put("felix.log.level", "1");
    properties.put("ds.loglevel", "warn");
    properties.put("ds.global.extender", "false");
    return properties;
  }

  /** Begins to stop; {@link #waitForStop(long)} returns when it is done. */
  void stop() throws BundleException {
    framework.stop();
  }

  /**
   * Waits until the gateway was stopped from outside or from inside.
   *
   * @param limit milliseconds, 0 for ever
   * @return false when the time is over
   */
  boolean waitForStop(long limit) throws InterruptedException {
    FrameworkEvent event = framework.waitForStop(limit);
    if (event.getType() == FrameworkEvent.ERROR) {
      System.err.println("kete: the framework ended with an error: " + event.getThrowable());
    }
    return event.getType() != FrameworkEvent.WAIT_TIMEDOUT;
  }
}
