// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundles of the start list and of the installed packages in the framework. They are installed
 * by two threads, resolved at once and then started by two threads in the order of the list: most
 * of a start is loading of classes, and even a small box has two cores. A bundle does not wait for
 * the ones before it; components wait for each other by themselves.
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
      throws BundleException, InterruptedException {
    List<Bundle> ofPackages = packages.install(context, list.lastLevel());
    FrameworkStartLevel levels =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
    Map<Integer, List<Callable<Bundle>>> groups = new TreeMap<>();
    for (StartList.Entry entry : list.entries()) {
      if (!packages.replaces(entry.file())) {
        String location = "reference:" + entry.file().toUri();
        groups
            .computeIfAbsent(entry.startLevel(), level -> new ArrayList<>())
            .add(() -> context.installBundle(location));
      }
    }
    List<Bundle> bundles = new ArrayList<>();
    for (Map.Entry<Integer, List<Callable<Bundle>>> group : groups.entrySet()) {
      // a level of its own for each bundle would cost a write and a change of threads each
      levels.setInitialBundleStartLevel(group.getKey());
      bundles.addAll(together(group.getValue()));
    }
    bundles.addAll(ofPackages);
    return new Installed(context, bundles);
  }

  /** Starts everything, until told to stop; returns when the last bundle was started. */
  void start(BooleanSupplier stopping) throws BundleException, InterruptedException {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    system.adapt(FrameworkWiring.class).resolveBundles(bundles);
    List<Callable<Bundle>> starts = new ArrayList<>();
    for (Bundle bundle : bundles) {
      if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0) {
        starts.add(() -> stopping.getAsBoolean() ? bundle : started(bundle));
      }
    }
    together(starts);
  }

  /** Gives the results in the order of the tasks, which are begun in that order. */
  private static List<Bundle> together(List<Callable<Bundle>> tasks)
      throws BundleException, InterruptedException {
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS, task -> new Thread(task, "launcher-start-" + number.incrementAndGet()));
    try {
      List<Bundle> results = new ArrayList<>();
      for (Future<Bundle> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BundleException cause) {
        throw cause;
      }
      throw new IllegalStateException("a bundle is neither there nor refused", e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private static Bundle started(Bundle bundle) {
    try {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException e) {
      System.err.println(
          "kete: bundle " + bundle.getSymbolicName() + " does not start: " + e.getMessage());
    }
    return bundle;
  }
}
