// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundles of the start list and of the installed packages in the framework. They are resolved
 * at once and then started by two threads in the order of the list: most of a start is loading of
 * classes, and even a small box has two cores. A bundle does not wait for the ones before it;
 * components wait for each other by themselves.
 */
final class Installed {

  private static final int THREADS = 2;

  private final BundleContext context;
  private final List<Bundle> bundles;

  private Installed(BundleContext context, List<Bundle> bundles) {
    this.context = context;
    this.bundles = bundles;
  }

  /** Installs the list by reference, so that the framework copies no bundle, and the packages. */
  static Installed of(BundleContext context, StartList list, Packages packages)
      throws BundleException {
    List<Bundle> ofPackages = packages.install(context, list.lastLevel());
    List<Bundle> bundles = new ArrayList<>();
    FrameworkStartLevel levels =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
    for (StartList.Entry entry : list.entries()) {
      if (!packages.replaces(entry.file())) {
        // a level of its own for each bundle would cost a write and a change of threads each
        if (levels.getInitialBundleStartLevel() != entry.startLevel()) {
          levels.setInitialBundleStartLevel(entry.startLevel());
        }
        bundles.add(context.installBundle("reference:" + entry.file().toUri()));
      }
    }
    bundles.addAll(ofPackages);
    return new Installed(context, bundles);
  }

  /** Starts everything; returns when the last bundle was started. */
  void start() throws InterruptedException {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    system.adapt(FrameworkWiring.class).resolveBundles(bundles);
    Queue<Bundle> waiting = new ConcurrentLinkedQueue<>(bundles);
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= THREADS; i++) {
      Thread thread = new Thread(() -> startAll(waiting), "launcher-start-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void startAll(Queue<Bundle> waiting) {
    for (Bundle bundle = waiting.poll(); bundle != null; bundle = waiting.poll()) {
      if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0) {
        start(bundle);
      }
    }
  }

  private static void start(Bundle bundle) {
    try {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException e) {
      System.err.println(
          "kete: bundle " + bundle.getSymbolicName() + " does not start: " + e.getMessage());
    }
  }
}
