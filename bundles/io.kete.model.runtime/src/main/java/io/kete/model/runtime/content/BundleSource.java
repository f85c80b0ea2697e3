// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import org.osgi.framework.Bundle;

/**
 * A model in an installed bundle.
 *
 * @param bundle the bundle
 */
public record BundleSource(Bundle bundle) implements ModelSource {

  @Override
  public Optional<InputStream> open(String name) throws IOException {
    try {
      URL entry = bundle.getEntry("model/" + name);
      return entry == null ? Optional.empty() : Optional.of(entry.openStream());
    } catch (IllegalStateException uninstalled) {
      throw new IOException("the bundle was uninstalled", uninstalled);
    }
  }
}
