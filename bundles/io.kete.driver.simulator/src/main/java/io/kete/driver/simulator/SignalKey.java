// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.simulator;

import java.util.List;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Toption;
import org.eclipse.kura.core.configuration.metatype.Tscalar;

/**
 * The one key that every channel of this driver takes, as a console shows it. It is Kura's own
 * class of attribute, because its assets cast the descriptor of a driver to a list of those.
 */
final class SignalKey {

  static final String ID = "signal";

  private SignalKey() {}

  /** The keys; new objects each time. */
  static List<Tad> all() {
    Tad key = new Tad();
    key.setId(ID);
    key.setName(ID);
    key.setDescription("Which signal of the pump.");
    key.setType(Tscalar.STRING);
    key.setCardinality(0);
    key.setRequired(true);
    key.setDefault(Signal.FLOW.key());
    for (Signal signal : Signal.values()) {
      Toption option = new Toption();
      option.setLabel(signal.key() + " (" + signal.meaning() + ")");
      option.setValue(signal.key());
      key.setOption(option);
    }
    return List.of(key);
  }
}
