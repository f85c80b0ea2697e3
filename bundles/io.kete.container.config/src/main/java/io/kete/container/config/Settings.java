// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * The framework properties this bundle obeys.
 *
 * @param folder where the snapshots are
 * @param kept how many stay
 */
record Settings(Path folder, int kept) {
  private static final int KEPT = 10;
  private static final int MAX_KEPT = 1_000;

  static Settings of(BundleContext context) {
    String home = text(context.getProperty("kete.home"), ".");
    String folder = text(context.getProperty("kura.snapshots"), "");
    Path path = folder.isEmpty() ? Path.of(home, "user", "snapshots") : Path.of(folder);
    return new Settings(path, count(text(context.getProperty("kura.snapshots.count"), "")));
  }

  private static String text(@Nullable String value, String fallback) {
    return value == null || value.isBlank() ? fallback : value.strip();
  }

  private static int count(String text) {
    if (text.isEmpty()) {
      return KEPT;
    }
    if (text.matches("\\d{1,4}")) {
      int count = Integer.parseInt(text);
      if (count >= 1 && count <= MAX_KEPT) {
        return count;
      }
    }
    throw new IllegalArgumentException(
        "framework property kura.snapshots.count must be between 1 and " + MAX_KEPT);
  }
}
