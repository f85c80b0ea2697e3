// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import io.kete.route.camel.ledger.Ledgers;
import io.kete.route.camel.service.Directory;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.eclipse.kura.asset.Asset;

/** Makes {@code asset:} end points. */
public final class AssetComponent extends DefaultComponent {
  private final Directory<Asset> assets;
  private final CaptureClock clock;
  private final Ledgers ledgers;

  /** Assets are found anew for every poll, so they may come and go. */
  public AssetComponent(Directory<Asset> assets, CaptureClock clock, Ledgers ledgers) {
    this.assets = assets;
    this.clock = clock;
    this.ledgers = ledgers;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new AssetEndpoint(uri, this, AssetSettings.parse(remaining, parameters));
  }

  Directory<Asset> assets() {
    return assets;
  }

  CaptureClock clock() {
    return clock;
  }

  Ledgers ledgers() {
    return ledgers;
  }
}
