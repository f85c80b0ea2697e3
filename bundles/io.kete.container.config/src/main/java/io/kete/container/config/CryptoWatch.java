// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Where the CryptoService is. Whether one is going to come is read from the manifests: a bundle
 * that will register it declares the capability. So passwords are held back exactly where they are
 * going to be encrypted, and nothing waits in vain elsewhere.
 */
final class CryptoWatch implements AutoCloseable {
  private static final String SERVICE = "osgi.service";

  private final BundleContext context;
  private final AtomicReference<@Nullable CryptoService> present = new AtomicReference<>();
  private final ServiceTracker<CryptoService, CryptoService> tracker;

  CryptoWatch(BundleContext context, Runnable changed) {
    this.context = context;
    this.tracker =
        new ServiceTracker<>(context, CryptoService.class, null) {
          @Override
          public CryptoService addingService(ServiceReference<CryptoService> reference) {
            CryptoService service = super.addingService(reference);
            // before the news: the tracker itself knows it only after this method
            present.set(service);
            changed.run();
            return service;
          }

          @Override
          public void removedService(
              ServiceReference<CryptoService> reference, CryptoService service) {
            present.compareAndSet(service, null);
            super.removedService(reference, service);
          }
        };
  }

  void open() {
    tracker.open();
  }

  Optional<CryptoService> service() {
    return Optional.ofNullable(present.get());
  }

  /** Whether a bundle declares the service and it is not there. */
  boolean awaited() {
    return service().isEmpty() && Arrays.stream(context.getBundles()).anyMatch(this::offers);
  }

  private boolean offers(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null
        && revision.getDeclaredCapabilities(SERVICE).stream().anyMatch(CryptoWatch::isCrypto);
  }

  private static boolean isCrypto(BundleCapability capability) {
    Object names = capability.getAttributes().get("objectClass");
    Collection<?> all =
        names instanceof Collection<?> several ? several : List.of(String.valueOf(names));
    return all.contains(CryptoService.class.getName());
  }

  @Override
  public void close() {
    tracker.close();
  }
}
