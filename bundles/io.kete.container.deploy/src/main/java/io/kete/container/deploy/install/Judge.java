// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Says whether a package really works: every bundle ACTIVE, no component waiting or failed, no
 * other part of the gateway worse than before, every model proved; and all that for a while.
 */
public final class Judge {

  private static final long LOOK_MILLIS = 50;

  private final BundleContext context;
  private final Components components;
  private final Models models;
  private final Duration settle;
  private final Duration limit;
  private final CountDownLatch stopped;

  /**
   * How the rest of the gateway was before.
   *
   * @param active symbolic names of bundles that ran
   * @param ailing components that did not
   */
  record Before(Set<String> active, Set<String> ailing) {}

  /**
   * A judge.
   *
   * @param settle how long all has to be well
   * @param limit how long it may take until it is
   * @param stopped ends waiting
   */
  public Judge(
      BundleContext context,
      ServiceComponentRuntime runtime,
      Duration settle,
      Duration limit,
      CountDownLatch stopped) {
    this.context = context;
    this.components = new Components(runtime);
    this.models = new Models(context);
    this.settle = settle;
    this.limit = limit;
    this.stopped = stopped;
  }

  /** To compare with afterwards. */
  Before look() {
    List<Bundle> bundles = Arrays.asList(context.getBundles());
    Set<String> active =
        bundles.stream()
            .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
            .map(Bundle::getSymbolicName)
            .collect(Collectors.toCollection(TreeSet::new));
    return new Before(active, Set.copyOf(components.ailing(bundles).keySet()));
  }

  /** Why packages do not work; empty when all do. Waits as long as it may get better. */
  Optional<String> await(List<PackageInfo> packages, Before before) throws InterruptedException {
    long begin = System.nanoTime();
    long wellSince = begin;
    while (true) {
      Optional<Finding> finding = find(packages, before);
      long now = System.nanoTime();
      if (finding.isPresent()) {
        wellSince = now;
        if (finding.get().last() || now - begin > limit.toNanos()) {
          return finding.map(Finding::text);
        }
      } else if (now - wellSince >= settle.toNanos()) {
        return Optional.empty();
      }
      if (stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("the gateway stops");
      }
    }
  }

  private Optional<Finding> find(List<PackageInfo> packages, Before before) {
    List<Bundle> own = new ArrayList<>();
    for (PackageInfo.Part part :
        packages.stream().flatMap(each -> each.parts().stream()).toList()) {
      Optional<Bundle> bundle = Session.bundle(context, part);
      Optional<Finding> finding = bundle.map(b -> state(b, part)).orElseGet(() -> absent(part));
      if (finding.isPresent()) {
        return finding;
      }
      bundle.ifPresent(own::add);
    }
    Map<String, String> ailing = components.ailing(own);
    if (!ailing.isEmpty()) {
      return ailing.values().stream().findFirst().map(text -> new Finding(text, false));
    }
    for (Bundle bundle : own) {
      Optional<Finding> finding = models.judge(bundle);
      if (finding.isPresent()) {
        return finding;
      }
    }
    return others(packages, before);
  }

  private static Optional<Finding> absent(PackageInfo.Part part) {
    return Optional.of(new Finding("bundle " + part.symbolicName() + " is not there", true));
  }

  private Optional<Finding> state(Bundle bundle, PackageInfo.Part part) {
    String label = "bundle " + part.symbolicName() + " " + part.version();
    if (!bundle.getVersion().toString().equals(part.version())) {
      return Optional.of(new Finding(label + " is still in version " + bundle.getVersion(), true));
    }
    if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null) {
      return bundle.getState() == Bundle.RESOLVED
          ? Optional.empty()
          : Optional.of(new Finding(label + " finds no host to attach to", false));
    }
    if (bundle.getState() == Bundle.ACTIVE) {
      return Optional.empty();
    }
    try {
      bundle.start();
      return bundle.getState() == Bundle.ACTIVE
          ? Optional.empty()
          : Optional.of(new Finding(label + " does not become active", false));
    } catch (BundleException e) {
      return Optional.of(new Finding(label + " does not start: " + reason(e), true));
    }
  }

  /** The activator's own words, not the framework's. */
  private static String reason(BundleException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("see the log");
  }

  private Optional<Finding> others(List<PackageInfo> packages, Before before) {
    List<Bundle> others =
        Arrays.stream(context.getBundles())
            .filter(bundle -> packages.stream().noneMatch(each -> holds(each, bundle)))
            .toList();
    for (Bundle bundle : others) {
      if (bundle.getState() != Bundle.ACTIVE
          && before.active().contains(bundle.getSymbolicName())) {
        return Optional.of(
            new Finding("bundle " + bundle.getSymbolicName() + " does not run any more", false));
      }
    }
    return components.ailing(others).entrySet().stream()
        .filter(entry -> !before.ailing().contains(entry.getKey()))
        .map(entry -> new Finding(entry.getValue() + ", which it did not before", false))
        .findFirst();
  }

  private static boolean holds(PackageInfo info, Bundle bundle) {
    return info.holds(String.valueOf(bundle.getSymbolicName()));
  }
}
