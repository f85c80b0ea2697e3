// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import io.kete.route.camel.option.Options;
import java.util.Map;

/** Settings of one {@code asset:} end point. */
record AssetSettings(String asset, int periodMillis, int inFlight, int backoffMaxMillis) {
  private static final int DAY_MILLIS = 86_400_000;

  static AssetSettings parse(String asset, Map<String, Object> parameters) {
    if (asset.isBlank()) {
      throw new IllegalArgumentException("asset: needs the name of an asset, as in asset:pump-1");
    }
    Options options = new Options("asset:" + asset, parameters);
    AssetSettings settings =
        new AssetSettings(
            asset,
            options.whole("period", 10, DAY_MILLIS, 1_000),
            options.whole("inFlight", 1, 4_096, 64),
            options.whole("backoff.max", 100, 3_600_000, 10_000));
    options.finish();
    return settings;
  }
}
