// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** Stops and uninstalls them, the last one first. */
  void remove(String feature) {
    List<String> locations = new ArrayList<>(features.locations(feature));
    Collections.reverse(locations);
    for (String location : locations) {
      Bundle bundle = context.getBundle(location);
      if (bundle != null) {
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
    List<Bundle> bundles = new ArrayList<>();
    for (String location : features.locations(feature)) {
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
