// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a gateway keeps what has to outlive a restart, the same place for every bundle. */
public final class DataDirectory {

  /** Framework or system property that names the directory. */
  public static final String PROPERTY = "kete.data";

  private DataDirectory() {}

  /**
   * The directory that {@link #PROPERTY} names; without it, inside Kura, {@code kete} below Kura's
   * own data directory. A bundle's data area is no place for it: Kura empties those at each start.
   *
   * @param properties gives the value of a framework property, for instance {@code
   *     BundleContext::getProperty}
   * @return empty when nothing says where
   */
  public static Optional<Path> of(Function<String, @Nullable String> properties) {
    return value(properties, PROPERTY)
        .or(() -> value(properties, "kura.data").map(data -> data.resolve("kete")))
        .or(() -> value(properties, "kura.home").map(home -> home.resolve("data").resolve("kete")));
  }

  private static Optional<Path> value(Function<String, @Nullable String> properties, String key) {
    return Optional.ofNullable(properties.apply(key)).filter(text -> !text.isBlank()).map(Path::of);
  }
}
