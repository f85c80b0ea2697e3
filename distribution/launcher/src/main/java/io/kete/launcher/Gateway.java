// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The framework with the gateway's bundles. One thread starts it, any may stop it. */
final class Gateway {

  /** Longer than one bundle takes to start. */
  private static final int START_LIMIT_SECONDS = 10;

  private final Framework framework;
  private final StartList bundles;
  private final Packages packages;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch stopping = new CountDownLatch(1);

  Gateway(LaunchOptions options, StartList bundles, Packages packages) throws LaunchException {
    FrameworkFactory factory =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow(() -> new LaunchException("no OSGi framework in lib; install Kete anew"));
    this.framework = factory.newFramework(properties(options, bundles.lastLevel(), packages));
    this.bundles = bundles;
    this.packages = packages;
  }

  /**
   * Starts the framework and every bundle; bundles that fail are told of and left out.
   *
   * @return false when it was stopped before all were started
   */
  boolean start() throws LaunchException, InterruptedException {
    try {
      if (isStopping()) {
        return false;
      }
      framework.init();
      Installed installed = Installed.of(framework.getBundleContext(), bundles, packages);
      framework.start();
      installed.start(this::isStopping);
      return !isStopping();
    } catch (BundleException e) {
      throw new LaunchException("the framework did not start: " + e.getMessage(), e);
    } finally {
      begun.countDown();
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

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Waits until somebody stops it. */
  void awaitStopping() throws InterruptedException {
    stopping.await();
  }

  /**
   * Begins to stop; {@link #waitForStop(long)} returns when it is done. While it starts, the
   * bundles that are being started end that first and no other is begun, so that what is connected
   * already takes its leave.
   */
  void stop() throws BundleException, InterruptedException {
    stopping.countDown();
    if (!begun.await(START_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      System.err.println("kete: a bundle still starts; stopping all the same");
    }
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
