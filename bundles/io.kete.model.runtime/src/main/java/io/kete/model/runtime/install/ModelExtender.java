// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.install;

import io.kete.model.runtime.content.BundleSource;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.content.Capability;
import io.kete.model.runtime.content.RefusedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows bundles with the capability {@code io.kete.model}. A started bundle offers its model; one
 * that is stopped, as in an update, still does; one that is uninstalled takes it away.
 */
public final class ModelExtender implements BundleTrackerCustomizer<Bundle>, AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(ModelExtender.class);
  private static final int PRESENT =
      Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

  private final Catalogue catalogue;
  private final Executor executor;
  private final Consumer<String> uninstalled;
  private final BundleTracker<Bundle> tracker;

  /** Touched by the executor's thread only. */
  private final Map<Long, Long> read = new HashMap<>();

  /**
   * @param executor one thread that reads bundles
   * @param uninstalled hears the location of a bundle that was uninstalled
   */
  public ModelExtender(
      BundleContext context, Catalogue catalogue, Executor executor, Consumer<String> uninstalled) {
    this.catalogue = catalogue;
    this.executor = executor;
    this.uninstalled = uninstalled;
    this.tracker = new BundleTracker<>(context, PRESENT, this);
  }

  /** Begins with the bundles that are there. */
  public void open() {
    tracker.open();
  }

  @Override
  public void close() {
    tracker.close();
  }

  private static List<BundleCapability> declared(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null ? List.of() : revision.getDeclaredCapabilities(Capability.NAMESPACE);
  }

  @Override
  public @Nullable Bundle addingBundle(Bundle bundle, @Nullable BundleEvent event) {
    if (declared(bundle).isEmpty()) {
      return null;
    }
    offer(bundle);
    return bundle;
  }

  @Override
  public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Bundle tracked) {
    offer(bundle);
  }

  @Override
  public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Bundle tracked) {
    if (event != null && event.getType() == BundleEvent.UNINSTALLED) {
      executor.execute(
          () -> {
            read.remove(bundle.getBundleId());
            uninstalled.accept(bundle.getLocation());
            catalogue.remove(bundle.getBundleId());
          });
    }
  }

  private void offer(Bundle bundle) {
    if (bundle.getState() == Bundle.ACTIVE) {
      executor.execute(() -> readOnce(bundle));
    }
  }

  private void readOnce(Bundle bundle) {
    Long content = bundle.getLastModified();
    if (bundle.getState() != Bundle.UNINSTALLED
        && !content.equals(read.put(bundle.getBundleId(), content))) {
      Installed installed = read(bundle);
      if (!catalogue.put(bundle.getBundleId(), installed) && installed.candidate().isEmpty()) {
        logger.error(
            "model_bundle_refused bundle={} version={} reason={}",
            installed.bundle(),
            installed.version(),
            installed.reason());
      }
    }
  }

  private Installed read(Bundle bundle) {
    String model = catalogue.modelOf(bundle.getBundleId());
    String reason;
    try {
      List<BundleCapability> declared = declared(bundle);
      if (declared.size() != 1) {
        throw new RefusedException("a bundle has to hold one model, not " + declared.size(), true);
      }
      Capability capability = Capability.of(declared.get(0).getAttributes());
      model = capability.name();
      BundleSource source = new BundleSource(bundle);
      source.checkDataOnly();
      Candidate candidate = Candidate.read(capability, source);
      return installed(bundle, model, Optional.of(candidate), "");
    } catch (RefusedException e) {
      reason = e.reason();
    } catch (IOException e) {
      reason = "the bundle cannot be read: " + e.getMessage();
    }
    return installed(bundle, model, Optional.empty(), reason);
  }

  private static Installed installed(
      Bundle bundle, String model, Optional<Candidate> candidate, String reason) {
    return new Installed(
        bundle.getSymbolicName(), bundle.getVersion().toString(), model, candidate, reason);
  }
}
