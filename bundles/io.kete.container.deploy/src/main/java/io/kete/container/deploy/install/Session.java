// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.PartialPackage;
import io.kete.container.deploy.pack.RefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/**
 * Deployment Admin, which forgets everything at each start: a package the launcher began with is
 * made known to it before it is touched. That changes nothing, since its bundles are in place
 * already.
 */
final class Session {

  private static final String LOCATION = "osgi-dp:";

  private final BundleContext context;
  private final DeploymentAdmin admin;
  private final PackageStore store;
  private final BaseBundles base;

  Session(BundleContext context, DeploymentAdmin admin, PackageStore store, BaseBundles base) {
    this.context = context;
    this.admin = admin;
    this.store = store;
    this.base = base;
  }

  /** The bundle a package brought, once it is installed. */
  static Optional<Bundle> own(BundleContext context, String symbolicName) {
    return Optional.ofNullable(context.getBundle(LOCATION + symbolicName));
  }

  /** The bundle of a package: the one it brought, or the same one of the installation. */
  static Optional<Bundle> bundle(BundleContext context, PackageInfo.Part part) {
    return own(context, part.symbolicName())
        .or(
            () ->
                Arrays.stream(context.getBundles())
                    .filter(each -> part.symbolicName().equals(each.getSymbolicName()))
                    .filter(each -> part.version().equals(each.getVersion().toString()))
                    .findFirst());
  }

  static boolean isOfPackage(Bundle bundle) {
    return bundle.getLocation().startsWith(LOCATION);
  }

  /** Whether all its bundles are in the framework in its versions. */
  boolean isPresent(PackageInfo info) {
    Set<PackageInfo.Part> same = base.same(info);
    return info.parts().stream()
        .allMatch(
            part ->
                same.contains(part)
                    || own(context, part.symbolicName())
                        .filter(bundle -> bundle.getVersion().toString().equals(part.version()))
                        .isPresent());
  }

  /** Installs or upgrades; what was there before stays when it fails. */
  void install(PackageInfo info, Path file) throws RefusedException {
    know(info.name());
    call(info, file);
  }

  private void know(String name) throws RefusedException {
    if (admin.getDeploymentPackage(name) == null) {
      Optional<PackageInfo> installed = store.find(name);
      if (installed.isPresent()) {
        call(installed.get(), store.file(name));
      }
    }
  }

  /** It is given what does not run from the installation already. */
  private void call(PackageInfo info, Path file) throws RefusedException {
    Set<String> same =
        base.same(info).stream().map(PackageInfo.Part::path).collect(Collectors.toSet());
    try (InputStream in =
        same.isEmpty()
            ? new BufferedInputStream(Files.newInputStream(file))
            : new PartialPackage(file, same)) {
      admin.installDeploymentPackage(in);
    } catch (DeploymentException e) {
      throw new RefusedException("Deployment Admin refuses it: " + reason(e), e);
    } catch (IOException e) {
      throw new RefusedException("the file cannot be read: " + e.getMessage(), e);
    }
  }

  /** Removes all its bundles, if it is there. */
  void uninstall(String name) throws RefusedException {
    know(name);
    DeploymentPackage present = admin.getDeploymentPackage(name);
    if (present != null) {
      try {
        present.uninstall();
      } catch (DeploymentException e) {
        throw new RefusedException("Deployment Admin cannot remove it: " + reason(e), e);
      }
    }
  }

  private static String reason(DeploymentException e) {
    Throwable cause = e.getCause();
    String text = String.valueOf(e.getMessage());
    return cause == null || cause.getMessage() == null ? text : text + ": " + cause.getMessage();
  }
}
