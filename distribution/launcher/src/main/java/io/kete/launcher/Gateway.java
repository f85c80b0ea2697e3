// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The framework with the gateway's bundles. */
final class Gateway {

  private final Framework framework;

  private Gateway(Framework framework) {
    this.framework = framework;
  }

  /**
   * Starts the framework and begins to start the bundles.
   *
   * @param started run when the last bundle was started
   */
  static Gateway start(LaunchOptions options, StartList bundles, Runnable started)
      throws LaunchException {
    FrameworkFactory factory =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow(() -> new LaunchException("no OSGi framework in lib; install Kete anew"));
    Framework framework = factory.newFramework(properties(options));
    try {
      framework.init();
      install(framework.getBundleContext(), bundles);
      framework.start();
      framework
          .adapt(FrameworkStartLevel.class)
          .setStartLevel(bundles.lastLevel(), event -> started.run());
      return new Gateway(framework);
    } catch (BundleException e) {
      throw new LaunchException("the framework did not start: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> properties(LaunchOptions options) {
    Path data = options.data();
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "");
    properties.put("kete.home", options.home().toString());
    properties.put("kete.data", data.toString());
    properties.put("kura.snapshots", data.resolve("user/snapshots").toString());
    properties.put("org.apache.felix.eventadmin.ThreadPoolSize", "2");
    properties.put("felix.log.level", "1");
    properties.put("ds.loglevel", "warn");
    properties.put("ds.global.extender", "false");
    properties.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
    properties.put(
        "org.ops4j.pax.logging.StaticLogbackFile",
        options.home().resolve("conf/logback.xml").toString());
    return properties;
  }

  /** Installs by reference, so that the framework copies no bundle. */
  private static void install(BundleContext context, StartList bundles) throws BundleException {
    List<Bundle> installed = new ArrayList<>();
    for (StartList.Entry entry : bundles.entries()) {
      Bundle bundle = context.installBundle("reference:" + entry.file().toUri());
      bundle.adapt(BundleStartLevel.class).setStartLevel(entry.startLevel());
      installed.add(bundle);
    }
    for (Bundle bundle : installed) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
  }

  /** Begins to stop; {@link #waitForStop()} returns when it is done. */
  void stop() throws BundleException {
    framework.stop();
  }

  /** Waits until the gateway was stopped from outside or from inside. */
  void waitForStop() throws InterruptedException {
    FrameworkEvent event = framework.waitForStop(0);
    if (event.getType() == FrameworkEvent.ERROR) {
      System.err.println("kete: the framework ended with an error: " + event.getThrowable());
    }
  }
}
