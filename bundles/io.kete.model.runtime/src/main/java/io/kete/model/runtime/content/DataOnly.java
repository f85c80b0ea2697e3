// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * A model's signature says nothing about other content, so there must be none: no class, no
 * component, nothing that makes the framework or an extender run something. The same for a file in
 * the drop folder and for an installed bundle.
 */
final class DataOnly {

  static final int MAX_ENTRIES = 1000;

  private static final Set<String> CODE_HEADERS =
      Set.of(
          "bundle-activator",
          "extensionbundle-activator",
          "bundle-classpath",
          "bundle-nativecode",
          "fragment-host",
          "service-component",
          "import-package",
          "dynamicimport-package",
          "export-package",
          "require-bundle");

  private DataOnly() {}

  /**
   * Throws for the first thing that is not data.
   *
   * @param headers names of the manifest's main attributes
   * @param entries names of everything in the bundle, without a slash before
   */
  static void check(Collection<String> headers, Collection<String> entries)
      throws RefusedException {
    for (String header : headers) {
      if (CODE_HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
        throw RefusedException.lasting("a model holds data only, but the manifest has " + header);
      }
    }
    if (entries.size() > MAX_ENTRIES) {
      throw RefusedException.lasting("the jar has more than " + MAX_ENTRIES + " entries");
    }
    for (String entry : entries) {
      boolean data = entry.startsWith("model/") || entry.startsWith("META-INF/");
      if (!data || entry.endsWith(".class") || entry.endsWith(".jar")) {
        throw RefusedException.lasting(
            "a model holds data only, but there is " + JsonFields.shown(entry));
      }
    }
  }
}
