// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * A symbolic name belongs to one package. A package may replace what an earlier version of itself
 * or the feature of the same name brought, and nothing else.
 */
final class Ownership {

  private final BundleContext context;
  private final PackageStore store;
  private final BaseFeatures features;

  Ownership(BundleContext context, PackageStore store, BaseFeatures features) {
    this.context = context;
    this.store = store;
    this.features = features;
  }

  void check(PackageInfo candidate) throws RefusedException {
    for (PackageInfo.Part part : candidate.parts()) {
      checkPackages(candidate, part);
      for (Bundle bundle : context.getBundles()) {
        if (part.symbolicName().equals(bundle.getSymbolicName()) && !Session.isOfPackage(bundle)) {
          checkBundle(candidate, part, bundle);
        }
      }
    }
  }

  private void checkPackages(PackageInfo candidate, PackageInfo.Part part) throws RefusedException {
    for (PackageInfo installed : store.all().values()) {
      for (PackageInfo.Part other : installed.parts()) {
        if (other.symbolicName().equals(part.symbolicName())) {
          if (!installed.name().equals(candidate.name())) {
            throw new RefusedException(
                part.symbolicName() + " belongs to the package " + installed.name());
          }
          checkBytes(part, other.version(), other.digest());
        }
      }
    }
  }

  private void checkBundle(PackageInfo candidate, PackageInfo.Part part, Bundle bundle)
      throws RefusedException {
    String location = bundle.getLocation();
    List<String> owners = features.owners(location);
    if (owners.isEmpty()) {
      throw new RefusedException(
          location.startsWith("reference:") || bundle.getBundleId() == 0
              ? part.symbolicName() + " is part of the gateway itself; it changes with the archive"
              : part.symbolicName()
                  + " is installed already, outside of packages; take it away there first");
    }
    if (!owners.contains(candidate.name())) {
      throw new RefusedException(
          part.symbolicName() + " belongs to the package " + String.join(" or ", owners));
    }
    try {
      checkBytes(part, bundle.getVersion().toString(), BaseFeatures.digest(location));
    } catch (IOException e) {
      throw new RefusedException("the installation cannot be read: " + e.getMessage(), e);
    }
  }

  /** Deployment Admin would keep the old bytes and say that all is well. */
  private static void checkBytes(PackageInfo.Part part, String version, String digest)
      throws RefusedException {
    if (version.equals(part.version()) && !digest.equals(part.digest())) {
      throw new RefusedException(
          part.symbolicName()
              + " "
              + version
              + " is installed with other bytes; give the new one another Bundle-Version");
    }
  }
}
