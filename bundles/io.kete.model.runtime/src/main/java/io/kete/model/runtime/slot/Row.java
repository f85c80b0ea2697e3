// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Quality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Role;
import org.eclipse.kura.type.TypedValue;
import org.jspecify.annotations.Nullable;

/** Takes the values of one sample for the roles of a model. Used again for each sample. */
final class Row {

  private double[] values = new double[0];
  private String failure = "";
  private String doubt = "";

  /**
   * Reads a sample; values that are there are remembered in the window.
   *
   * @return whether the sample can be scored; {@link #failure} tells why not
   */
  boolean read(Sample sample, Plan plan, Window window) {
    Role[] roles = plan.roles();
    if (values.length != roles.length) {
      values = new double[roles.length];
    }
    failure = "";
    doubt = "";
    for (int role = 0; role < roles.length; role++) {
      Reading reading = plan.wiring().find(sample, role);
      double value =
          reading instanceof Reading.Measured measured ? number(measured.value()) : Double.NaN;
      if (Double.isNaN(value)) {
        values[role] = replacement(roles[role], role, plan, window);
      } else {
        values[role] = value;
        window.hold(role, value);
        check(reading, roles[role], role, plan);
      }
    }
    return failure.isEmpty();
  }

  private void check(@Nullable Reading reading, Role role, int index, Plan plan) {
    if (reading instanceof Reading.Measured measured) {
      if (measured.quality() != Quality.GOOD) {
        doubt = plan.wiring().doubts(index).uncertain();
      } else if (!role.unit().equals(measured.unit())
          && !role.unit().isEmpty()
          && !measured.unit().isEmpty()) {
        doubt = plan.wiring().doubts(index).unit();
      }
    }
  }

  private double replacement(Role role, int index, Plan plan, Window window) {
    double value =
        switch (role.missing()) {
          case REFUSE -> Double.NaN;
          case HOLD -> window.held(index);
          case OFFSET -> role.offset();
        };
    if (Double.isNaN(value)) {
      failure = plan.wiring().doubts(index).missing();
    } else {
      doubt =
          role.missing() == Role.Missing.HOLD
              ? plan.wiring().doubts(index).held()
              : plan.wiring().doubts(index).assumed();
    }
    return value;
  }

  /** NaN for what is not a finite number. */
  private static double number(TypedValue<?> value) {
    Object plain = value.getValue();
    if (plain instanceof Number number) {
      double converted = number.doubleValue();
      return Double.isFinite(converted) ? converted : Double.NaN;
    }
    if (plain instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return Double.NaN;
  }

  double[] values() {
    return values;
  }

  String failure() {
    return failure;
  }

  String doubt() {
    return doubt;
  }
}
