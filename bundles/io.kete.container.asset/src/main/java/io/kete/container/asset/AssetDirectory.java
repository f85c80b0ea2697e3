// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import java.util.List;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Finds the assets of this gateway. */
@Component(name = "io.kete.container.asset.AssetDirectory")
public final class AssetDirectory implements AssetService {

  private final Tracked<Asset> assets;

  /** Tracks assets from now on. */
  @Activate
  public AssetDirectory(BundleContext context) {
    assets = Tracked.all(context, Asset.class);
  }

  @Deactivate
  void stop() {
    assets.close();
  }

  @Override
  public @Nullable Asset getAsset(String assetPid) {
    return assets.find(assetPid).orElse(null);
  }

  @Override
  public @Nullable String getAssetPid(Asset asset) {
    return assets.pidOf(asset).orElse(null);
  }

  @Override
  public List<Asset> listAssets() {
    return assets.list();
  }
}
