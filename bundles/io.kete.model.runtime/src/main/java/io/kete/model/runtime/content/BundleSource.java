// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
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

  /** Throws unless there is nothing in the bundle, and in what is attached to it, but a model. */
  public void checkDataOnly() throws RefusedException {
    List<String> entries = new ArrayList<>();
    Enumeration<URL> found = bundle.findEntries("/", "*", true);
    while (found != null && found.hasMoreElements() && entries.size() <= DataOnly.MAX_ENTRIES) {
      entries.add(found.nextElement().getPath().replaceFirst("^/+", ""));
    }
    DataOnly.check(Collections.list(bundle.getHeaders("").keys()), entries);
  }
}
