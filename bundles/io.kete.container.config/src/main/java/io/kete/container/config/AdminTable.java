// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * ConfigurationAdmin by kura.service.pid. Not safe for threads: {@link Configurations} guards it.
 */
final class AdminTable {
  private static final String ANY_BUNDLE = "?";

  private final ConfigurationAdmin admin;
  private final Map<String, Configuration> byPid = new HashMap<>();

  AdminTable(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /** Takes up what ConfigurationAdmin kept from an earlier run. */
  void load() throws IOException {
    try {
      Configuration[] kept = admin.listConfigurations("(" + Keys.KURA_PID + "=*)");
      for (Configuration configuration : kept == null ? new Configuration[0] : kept) {
        byPid.put(String.valueOf(configuration.getProperties().get(Keys.KURA_PID)), configuration);
      }
    } catch (InvalidSyntaxException constant) {
      throw new IllegalStateException(constant);
    }
  }

  Set<String> pids() {
    return Set.copyOf(byPid.keySet());
  }

  boolean isInstance(String pid) {
    Configuration configuration = byPid.get(pid);
    return configuration != null && configuration.getFactoryPid() != null;
  }

  /** What ConfigurationAdmin has; empty when nothing. */
  Map<String, Object> present(String pid) {
    Map<String, Object> present = new HashMap<>();
    Configuration configuration = byPid.get(pid);
    Dictionary<String, Object> properties =
        configuration == null ? null : configuration.getProperties();
    if (properties != null) {
      Collections.list(properties.keys()).forEach(key -> present.put(key, properties.get(key)));
    }
    return present;
  }

  /** Hands the values over, unless ConfigurationAdmin has the very same already. */
  @SuppressWarnings("JdkObsolete") // ConfigurationAdmin takes a Dictionary
  void put(String pid, @Nullable String factoryPid, Map<String, Object> values) throws IOException {
    Configuration configuration = byPid.get(pid);
    if (configuration != null && !Objects.equals(configuration.getFactoryPid(), factoryPid)) {
      delete(pid);
      configuration = null;
    }
    if (configuration == null) {
      configuration =
          factoryPid == null
              ? admin.getConfiguration(pid, ANY_BUNDLE)
              : admin.createFactoryConfiguration(factoryPid, ANY_BUNDLE);
      byPid.put(pid, configuration);
    }
    Dictionary<String, Object> wanted = new Hashtable<>();
    values.forEach(
        (key, value) -> {
          if (!Keys.isIdentity(key)) {
            wanted.put(key, value);
          }
        });
    wanted.put(Keys.KURA_PID, pid);
    if (!same(configuration.getProperties(), wanted)) {
      configuration.update(wanted);
    }
  }

  void delete(String pid) throws IOException {
    Configuration configuration = byPid.remove(pid);
    if (configuration != null) {
      configuration.delete();
    }
  }

  private static boolean same(
      @Nullable Dictionary<String, Object> present, Dictionary<String, Object> wanted) {
    if (present == null) {
      return false;
    }
    int own = 0;
    for (String key : Collections.list(present.keys())) {
      if (Keys.isIdentity(key) && !key.equals(Keys.KURA_PID)) {
        continue;
      }
      own++;
      if (!Objects.deepEquals(present.get(key), wanted.get(key))) {
        return false;
      }
    }
    return own == wanted.size();
  }
}
