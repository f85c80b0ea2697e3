// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.simulator;

import java.util.Arrays;
import java.util.List;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;

/** The one key that every channel of this driver takes, as a console shows it. */
final class SignalKey implements AD {

  static final String ID = "signal";

  @Override
  public List<Option> getOption() {
    return Arrays.stream(Signal.values()).<Option>map(Choice::new).toList();
  }

  @Override
  public String getName() {
    return ID;
  }

  @Override
  public String getDescription() {
    return "Which signal of the pump.";
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public Scalar getType() {
    return Scalar.STRING;
  }

  @Override
  public int getCardinality() {
    return 0;
  }

  @Override
  public @Nullable String getMin() {
    return null;
  }

  @Override
  public @Nullable String getMax() {
    return null;
  }

  @Override
  public String getDefault() {
    return Signal.FLOW.key();
  }

  @Override
  public boolean isRequired() {
    return true;
  }

  private record Choice(Signal signal) implements Option {
    @Override
    public String getLabel() {
      return signal.key() + " (" + signal.meaning() + ")";
    }

    @Override
    public String getValue() {
      return signal.key();
    }
  }
}
