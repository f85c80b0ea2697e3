// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import io.kete.buffer.api.Stream;
import io.kete.data.api.Status;
import io.kete.model.api.ModelSlot;
import io.kete.route.camel.service.TrackedDirectory;
import java.util.concurrent.Future;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The Camel context that all routes share. It starts with the bundle, so that it is ready when the
 * first route is configured.
 */
@Component(name = CamelRuntime.NAME, service = CamelRuntime.class, immediate = true)
public final class CamelRuntime {
  static final String NAME = "io.kete.route.camel.CamelRuntime";

  private final TrackedDirectory<Asset> assets;
  private final TrackedDirectory<Stream> streams;
  private final TrackedDirectory<ModelSlot> slots;
  private final RouteHost host;

  /** Returns at once; the context starts on its own thread. */
  @Activate
  public CamelRuntime(BundleContext context) {
    assets = new TrackedDirectory<>(context, Asset.class, ConfigurationService.KURA_SERVICE_PID);
    streams = new TrackedDirectory<>(context, Stream.class, Stream.NAME);
    slots = new TrackedDirectory<>(context, ModelSlot.class, ModelSlot.SLOT);
    host = new RouteHost(assets, streams, slots);
  }

  /** Stops every route within bounds. */
  @Deactivate
  void deactivate() {
    host.close();
    slots.close();
    streams.close();
    assets.close();
  }

  void apply(RouteSettings settings) {
    host.apply(settings);
  }

  Future<?> remove(String pid) {
    return host.remove(pid);
  }

  Status status(String pid) {
    return host.status(pid);
  }
}
