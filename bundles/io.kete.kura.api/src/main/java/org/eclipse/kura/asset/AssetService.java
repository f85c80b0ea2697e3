// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.asset;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Finds the assets of this gateway. */
@ProviderType
public interface AssetService {
  /** The asset with that {@code kura.service.pid}, or null. */
  @Nullable Asset getAsset(String assetPid);

  /** The {@code kura.service.pid} of that asset, or null when it is not registered. */
  @Nullable String getAssetPid(Asset asset);

  /** Every registered asset. */
  List<Asset> listAssets();
}
