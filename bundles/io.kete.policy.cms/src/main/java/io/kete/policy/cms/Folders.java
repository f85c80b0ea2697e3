// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.DataDirectory;
import io.kete.policy.api.Verifier;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/**
 * What the host says about its surroundings.
 *
 * @param config folder that configured paths start from
 * @param data folder of this bundle's own files
 * @param allowUnsigned whether the developer property is set
 */
record Folders(Path config, Path data, boolean allowUnsigned) {

  /**
   * From the framework properties {@code kete.config} and {@code kete.data}; inside Kura from its
   * own.
   */
  static Folders of(BundleContext context) {
    String config =
        property(
            context,
            "kete.config",
            property(context, "kura.user.dir", property(context, "kura.home", ".")));
    Path folder =
        DataDirectory.of(context::getProperty)
            .map(data -> data.resolve("policy"))
            .orElseGet(() -> context.getDataFile("policy").toPath());
    return new Folders(
        Path.of(config),
        folder,
        Boolean.parseBoolean(property(context, Verifier.ALLOW_UNSIGNED, "false")));
  }

  private static String property(BundleContext context, String key, String otherwise) {
    String value = context.getProperty(key);
    return value == null || value.isBlank() ? otherwise : value;
  }
}
