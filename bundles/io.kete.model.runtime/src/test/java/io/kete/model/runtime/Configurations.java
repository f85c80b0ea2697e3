// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.model.runtime.slot.SlotCore;
import io.kete.model.runtime.slot.SlotSettings;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;

/** Configurations of slots, which take a change over at once. */
public final class Configurations {

  private final Map<String, Object> values =
      new HashMap<>(Map.of("pin", "", "promote", "", "rollback", ""));

  private Configurations() {}

  /** Changes of the configuration {@code pid} go to the slot; guards stay as they are. */
  public static ConfigurationService of(String pid, SlotCore slot) {
    Configurations all = new Configurations();
    return (ConfigurationService)
        Proxy.newProxyInstance(
            Configurations.class.getClassLoader(),
            new Class<?>[] {ConfigurationService.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("updateConfiguration") || arguments.length != 2) {
                throw new UnsupportedOperationException(method.getName());
              }
              if (!arguments[0].equals(pid)) {
                throw new KuraException(KuraErrorCode.INVALID_PARAMETER, arguments[0]);
              }
              all.update((Map<?, ?>) arguments[1], slot);
              return null;
            });
  }

  private void update(Map<?, ?> changes, SlotCore slot) {
    changes.forEach((key, value) -> values.put((String) key, value));
    SlotSettings changed =
        World.ordered(text("pin"), text("promote"), text("rollback"))
            .with(slot.settings().guards());
    slot.configure(changed);
  }

  private String text(String key) {
    return String.valueOf(values.get(key));
  }
}
