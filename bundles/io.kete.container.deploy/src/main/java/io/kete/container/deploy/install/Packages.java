// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What the operator sees as packages. */
public final class Packages {

  private final BundleContext context;
  private final BaseFeatures features;
  private final PackageStore store;

  /**
   * A package.
   *
   * @param bundles symbolic name and version of each, in order
   */
  public record Line(String name, String version, List<Map.Entry<String, String>> bundles) {
    /** Keeps a copy. */
    public Line {
      bundles = List.copyOf(bundles);
    }
  }

  Packages(BundleContext context, BaseFeatures features, PackageStore store) {
    this.context = context;
    this.features = features;
    this.store = store;
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    Map<String, PackageInfo> installed = store.all();
    installed.values().forEach(info -> lines.add(line(info)));
    for (String name : features.names()) {
      if (!installed.containsKey(name)) {
        List<Map.Entry<String, String>> bundles = new ArrayList<>();
        for (String location : features.locations(name)) {
          Bundle bundle = context.getBundle(location);
          if (bundle != null) {
            bundles.add(Map.entry(bundle.getSymbolicName(), bundle.getVersion().toString()));
          }
        }
        if (!bundles.isEmpty()) {
          lines.add(new Line(name, bundles.get(0).getValue(), bundles));
        }
      }
    }
    return lines;
  }

  private static Line line(PackageInfo info) {
    return new Line(
        info.name(),
        info.version(),
        info.parts().stream().map(part -> Map.entry(part.symbolicName(), part.version())).toList());
  }
}
