// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.api.Role;
import java.util.Arrays;
import java.util.List;

/**
 * Past values of one binding, unscaled, so that the next version finds them whatever it scales
 * with, and beside them as the present version sees them: each is scaled once, not once for each
 * row it is part of. For one thread at a time.
 */
final class Window {

  private static final Role[] NONE = {};

  private List<String> roles = List.of();
  private int capacity;
  private double[] rows = new double[0];
  private double[] held = new double[0];
  private Role[] scaling = NONE;
  private float[] ready = new float[0];
  private int count;
  private int next;

  /** Makes room for a model; what is there stays when the roles are the same. */
  void fit(List<String> names, int steps) {
    scaling = NONE;
    if (!roles.equals(names)) {
      roles = names;
      held = new double[names.size()];
      Arrays.fill(held, Double.NaN);
      rows = new double[steps * names.size()];
      capacity = steps;
      count = 0;
      next = 0;
    } else if (steps > capacity) {
      widen(steps);
    }
  }

  private void widen(int steps) {
    int width = roles.size();
    double[] wider = new double[steps * width];
    for (int age = count; age >= 1; age--) {
      System.arraycopy(rows, at(age) * width, wider, (count - age) * width, width);
    }
    rows = wider;
    capacity = steps;
    next = count % capacity;
  }

  /** Index of the row that came so many rows ago; 1 is the last one. */
  private int at(int age) {
    int index = next - age;
    return index < 0 ? index + capacity : index;
  }

  /** The last value of a role, NaN when there was none. */
  double held(int role) {
    return held[role];
  }

  void hold(int role, double value) {
    held[role] = value;
  }

  void push(double[] values) {
    int first = next * roles.size();
    System.arraycopy(values, 0, rows, first, roles.size());
    for (int role = 0; role < scaling.length; role++) {
      ready[first + role] = scaling[role].scaled(values[role]);
    }
    next = next + 1 == capacity ? 0 : next + 1;
    count = Math.min(count + 1, capacity);
  }

  /** Number of rows there are. */
  int count() {
    return count;
  }

  /**
   * Writes the last so many rows, oldest first, scaled for a model.
   *
   * @param scale roles of the model, the same array as long as it is the same model
   */
  void scaled(int steps, Role[] scale, float[] inputs, int first) {
    if (scaling != scale) {
      scaling = scale;
      scaleAll();
    }
    int width = scale.length;
    int from = at(steps);
    int straight = Math.min(steps, capacity - from);
    System.arraycopy(ready, from * width, inputs, first, straight * width);
    System.arraycopy(ready, 0, inputs, first + straight * width, (steps - straight) * width);
  }

  private void scaleAll() {
    ready = ready.length == rows.length ? ready : new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      ready[i] = scaling[i % scaling.length].scaled(rows[i]);
    }
  }
}
