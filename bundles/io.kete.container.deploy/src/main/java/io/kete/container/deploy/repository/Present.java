// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.install.Packages;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** What the running framework has, as the resolver sees it. */
final class Present {

  private static final Set<String> OWN =
      Set.of("osgi.identity", "osgi.wiring.bundle", "osgi.wiring.host");

  private final BundleContext context;
  private final Supplier<List<Packages.Line>> packages;

  Present(BundleContext context, Supplier<List<Packages.Line>> packages) {
    this.context = context;
    this.packages = packages;
  }

  /**
   * Packages and features by name. One that does not resolve here, such as a native library for
   * another processor, has nothing to lose and is left as it is.
   */
  Map<String, Part> packages() {
    Map<String, Part> parts = new TreeMap<>();
    for (Packages.Line line : packages.get()) {
      if (!line.bundles().stream().allMatch(each -> isResolved(each.getKey()))) {
        continue;
      }
      Part part = Part.installed(line.name(), Version.parseVersion(line.version()));
      line.bundles().forEach(bundle -> add(part, bundle.getKey()));
      parts.put(line.name(), part);
    }
    return parts;
  }

  /** What belongs to no package: the framework and the gateway itself. */
  Part gateway() {
    Set<String> packaged = new HashSet<>();
    packages.get().forEach(line -> line.bundles().forEach(each -> packaged.add(each.getKey())));
    Part part = new Part(true);
    for (Bundle bundle : context.getBundles()) {
      if (!packaged.contains(bundle.getSymbolicName())) {
        offer(part, bundle);
      }
    }
    return part;
  }

  private boolean isResolved(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .anyMatch(
            bundle ->
                symbolicName.equals(bundle.getSymbolicName())
                    && (bundle.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0);
  }

  private void add(Part part, String symbolicName) {
    for (Bundle bundle : context.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        offer(part, bundle);
        need(part, bundle);
      }
    }
  }

  private static void offer(Part part, Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision != null) {
      for (BundleCapability each : revision.getDeclaredCapabilities(null)) {
        if (!OWN.contains(each.getNamespace())) {
          part.offer(each.getNamespace(), each.getAttributes(), Map.of());
        }
      }
    }
  }

  /** What the bundles of a package need and do not have from each other. */
  private static void need(Part part, Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision != null) {
      for (BundleRequirement each : revision.getDeclaredRequirements(null)) {
        if (!OWN.contains(each.getNamespace())
            && each.getDirectives().getOrDefault("resolution", "mandatory").equals("mandatory")) {
          part.need(each.getNamespace(), Map.of(), each.getDirectives());
        }
      }
    }
  }
}
