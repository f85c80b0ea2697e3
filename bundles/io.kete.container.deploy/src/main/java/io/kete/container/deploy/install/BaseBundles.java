// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bundles of the installation that make place for a package of the same name, and come back. */
final class BaseBundles {

  private static final Logger logger = LoggerFactory.getLogger(BaseBundles.class);
  private static final int START_LEVEL = 3;

  private final BundleContext context;
  private final BaseFeatures features;

  BaseBundles(BundleContext context, BaseFeatures features) {
    this.context = context;
    this.features = features;
  }

  /** Those of a feature that run from the installation now, by symbolic name. */
  Map<String, Bundle> present(String feature) {
    Map<String, Bundle> present = new TreeMap<>();
    for (String location : features.locations(feature)) {
      Bundle bundle = context.getBundle(location);
      if (bundle != null) {
        present.put(bundle.getSymbolicName(), bundle);
      }
    }
    return present;
  }

  /**
   * Which bundles of a package run from the installation already, byte for byte: they stay where
   * they are and go on.
   */
  Set<PackageInfo.Part> same(PackageInfo info) {
    Map<String, Bundle> present = present(info.name());
    Set<PackageInfo.Part> same = new LinkedHashSet<>();
    for (PackageInfo.Part part : info.parts()) {
      Bundle bundle = present.get(part.symbolicName());
      if (bundle != null
          && bundle.getVersion().toString().equals(part.version())
          && digest(bundle).equals(Optional.of(part.digest()))) {
        same.add(part);
      }
    }
    return same;
  }

  private static Optional<String> digest(Bundle bundle) {
    try {
      return Optional.of(BaseFeatures.digest(bundle.getLocation()));
    } catch (IOException e) {
      logger.warn("base_bundle_unreadable bundle={}", bundle.getSymbolicName(), e);
      return Optional.empty();
    }
  }

  /** Stops and uninstalls those that a package of the feature's name does not have the same. */
  void makePlace(PackageInfo info) {
    Set<String> stay =
        same(info).stream().map(PackageInfo.Part::symbolicName).collect(Collectors.toSet());
    List<String> locations = new ArrayList<>(features.locations(info.name()));
    // the last one first
    Collections.reverse(locations);
    for (String location : locations) {
      Bundle bundle = context.getBundle(location);
      if (bundle != null && !stay.contains(bundle.getSymbolicName())) {
        try {
          bundle.uninstall();
        } catch (BundleException e) {
          logger.warn("base_bundle_stays bundle={}", bundle.getSymbolicName(), e);
        }
      }
    }
  }

  /** Installs and starts them as the launcher does; nothing happens to those that are there. */
  void restore(String feature) {
    restore(features.locations(feature));
  }

  /**
   * The same for those a package has no bundle for in the framework, neither of its own nor of the
   * installation.
   */
  void complete(PackageInfo info) {
    restore(
        features.locations(info.name()).stream()
            .filter(location -> isMissing(info, location))
            .toList());
  }

  private boolean isMissing(PackageInfo info, String location) {
    return info.parts().stream()
        .filter(part -> Session.bundle(context, part).isEmpty())
        .anyMatch(
            part -> {
              try {
                return BaseFeatures.digest(location).equals(part.digest());
              } catch (IOException e) {
                logger.warn("base_bundle_unreadable location={}", location, e);
                return false;
              }
            });
  }

  private void restore(List<String> locations) {
    List<Bundle> bundles = new ArrayList<>();
    for (String location : locations) {
      try {
        Bundle bundle = context.installBundle(location);
        bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
        bundles.add(bundle);
      } catch (BundleException e) {
        logger.error("base_bundle_lost location={}", location, e);
      }
    }
    for (Bundle bundle : bundles) {
      try {
        if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
          bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
      } catch (BundleException e) {
        logger.error("base_bundle_not_started bundle={}", bundle.getSymbolicName(), e);
      }
    }
  }
}
