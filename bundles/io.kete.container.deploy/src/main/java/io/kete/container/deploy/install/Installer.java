// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs, upgrades and removes packages: all of it, or nothing. For one thread at a time; {@link
 * #packages()} may be called by any.
 */
public final class Installer {

  private static final Logger logger = LoggerFactory.getLogger(Installer.class);

  private final BundleContext context;
  private final PackageStore store;
  private final BaseFeatures features;
  private final BaseBundles base;
  private final Session session;
  private final Ownership ownership;
  private final Trust trust;
  private final Supplier<Judge> judges;
  private final Trials trials;

  /**
   * An installer.
   *
   * @param judges gives one for each installation
   */
  public Installer(
      BundleContext context,
      PackageStore store,
      BaseFeatures features,
      DeploymentAdmin admin,
      Trust trust,
      Supplier<Judge> judges,
      Trials trials) {
    this.context = context;
    this.store = store;
    this.features = features;
    this.base = new BaseBundles(context, features);
    this.session = new Session(context, admin, store, base);
    this.ownership = new Ownership(context, store, features);
    this.trust = trust;
    this.judges = judges;
    this.trials = trials;
  }

  /** The one that installs several packages at once, with the means of this one. */
  public SetInstaller sets(Path folder) throws IOException {
    return new SetInstaller(this, new SetFolder(folder, store), trials, judges);
  }

  /** Throws unless the package may be installed here. Changes nothing. */
  public void admit(PackageInfo info) throws RefusedException {
    trust.check(info);
    ownership.check(info);
  }

  /** Whether exactly this is installed already. */
  public boolean isInstalled(PackageInfo info) throws IOException {
    return store.has(info.name(), info.digest()) && session.isPresent(info);
  }

  /**
   * Whether the framework has to start anew, since what makes this installation would itself be
   * stopped by it.
   */
  public boolean needsRestart(PackageInfo info) {
    Map<String, Bundle> touched = new TreeMap<>(base.present(info.name()));
    Optional<PackageInfo> former = store.find(info.name());
    former.ifPresent(f -> touched.putAll(bundles(f)));
    FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    for (PackageInfo.Part part : info.parts()) {
      Bundle bundle = touched.get(part.symbolicName());
      if (bundle != null && bundle.getVersion().toString().equals(part.version())) {
        touched.remove(part.symbolicName());
      }
    }
    return dependsOn(wiring, touched.values());
  }

  private boolean dependsOn(FrameworkWiring wiring, Collection<Bundle> touched) {
    return wiring.getDependencyClosure(touched).contains(context.getBundle());
  }

  private Map<String, Bundle> bundles(PackageInfo info) {
    Map<String, Bundle> bundles = new TreeMap<>();
    for (PackageInfo.Part part : info.parts()) {
      Session.own(context, part.symbolicName())
          .ifPresent(bundle -> bundles.put(part.symbolicName(), bundle));
    }
    return bundles;
  }

  /**
   * Installs an admitted package; the file becomes the installed one.
   *
   * @throws RefusedException when it does not work; then what was there before is back
   */
  public void install(PackageInfo info, Path file)
      throws RefusedException, IOException, InterruptedException {
    Judge judge = judges.get();
    Judge.Before before = judge.look();
    try {
      begin(info, file);
      Optional<String> fault = judge.await(List.of(info), before);
      if (fault.isPresent()) {
        throw new RefusedException(fault.get());
      }
      Step.JUDGED.reached();
    } catch (RefusedException e) {
      Step.FELL_THROUGH.reached();
      throw new RefusedException(e.reason() + "; " + takeBack(info), e);
    }
    store.commit(info, file);
    Step.COMMITTED.reached();
    logger.info("package_installed package={} version={}", info.name(), info.version());
  }

  /** The installed package of that name. */
  Optional<PackageInfo> installed(String name) {
    return store.find(name);
  }

  /** The bundles of a package come, other ones of the installation make place. */
  void begin(PackageInfo info, Path file) throws RefusedException {
    base.makePlace(info);
    Step.BASE_REMOVED.reached();
    session.install(info, file);
    Step.SESSION_DONE.reached();
  }

  /**
   * Has an admitted package installed with another start of the framework; the verdict comes after
   * it.
   */
  public void stage(PackageInfo info, Path file) throws RefusedException, IOException {
    trials.requireLauncher();
    trials.stage(info, file, judges.get().look());
    Step.TRIAL_STAGED.reached();
    logger.info(
        "package_on_trial package={} version={}: starting anew", info.name(), info.version());
    trials.startAgain();
  }

  /**
   * Judges the package this run of the framework tries; a good one becomes the installed one.
   *
   * @throws RefusedException when it does not work; the framework has to start anew without it
   */
  public void decide(String name) throws RefusedException, IOException, InterruptedException {
    PackageInfo info = trials.read(name);
    Optional<String> fault = judges.get().await(List.of(info), trials.before(name));
    if (fault.isPresent()) {
      throw new RefusedException(fault.get());
    }
    Step.TRIAL_JUDGED.reached();
    store.commit(info, trials.path(name));
    Step.COMMITTED.reached();
    trials.tidy();
    logger.info("package_installed package={} version={}", info.name(), info.version());
  }

  /** Brings the former state back and says which one it is. */
  String takeBack(PackageInfo info) {
    String name = info.name();
    Optional<PackageInfo> former = store.find(name);
    String now;
    try {
      if (former.isPresent()) {
        base.complete(former.get());
        session.install(former.get(), store.file(name));
        now = "version " + former.get().version() + " is back";
      } else {
        session.uninstall(name);
        base.restore(name);
        now =
            features.locations(name).isEmpty()
                ? "it is not installed"
                : "the version of the installation is back";
      }
    } catch (RefusedException e) {
      logger.error("package_not_taken_back package={} reason=\"{}\"", name, e.reason());
      now =
          "and the former state could not be brought back ("
              + e.reason()
              + "); restart the gateway";
    }
    Step.TAKEN_BACK.reached();
    return now;
  }

  /**
   * Removes a package; what the installation itself has under that name comes back.
   *
   * @return what to tell the operator
   */
  public String uninstall(String name, Optional<String> version)
      throws RefusedException, IOException {
    Optional<PackageInfo> present = store.find(name);
    if (present.isEmpty()) {
      if (features.names().contains(name)) {
        throw new RefusedException(
            name + " belongs to the installation; it changes with the archive");
      }
      return name + " is not installed; nothing to do";
    }
    if (version.isPresent() && !version.get().equals(present.get().version())) {
      throw new RefusedException(
          name + " is installed in version " + present.get().version() + ", not " + version.get());
    }
    remove(present.get());
    logger.info("package_removed package={} version={}", name, present.get().version());
    return present.get() + " is removed";
  }

  private void remove(PackageInfo info) throws RefusedException, IOException {
    if (dependsOn(context.getBundle(0).adapt(FrameworkWiring.class), bundles(info).values())) {
      trials.requireLauncher();
      store.remove(info.name());
      Step.REMOVAL_COMMITTED.reached();
      trials.startAgain();
      return;
    }
    try {
      session.uninstall(info.name());
    } catch (RefusedException e) {
      throw new RefusedException(e.reason() + "; " + takeBack(info), e);
    }
    Step.REMOVED.reached();
    base.restore(info.name());
    Step.BASE_RESTORED.reached();
    store.remove(info.name());
    Step.REMOVAL_COMMITTED.reached();
  }

  /** Installs what lies in the folder but is not in the framework; normally there is nothing. */
  public void complete() {
    for (PackageInfo info : store.all().values()) {
      if (!session.isPresent(info) && !trials.isOnTrial(info.name())) {
        try {
          base.makePlace(info);
          session.install(info, store.file(info.name()));
          logger.info("package_started package={} version={}", info.name(), info.version());
        } catch (RefusedException e) {
          logger.error(
              "package_not_started package={} version={} reason=\"{}\"",
              info.name(),
              info.version(),
              e.reason());
        }
      }
    }
  }

  /** All packages: what was installed, and the features of the installation it did not replace. */
  public List<Packages.Line> packages() {
    return new Packages(context, features, store).lines();
  }
}
