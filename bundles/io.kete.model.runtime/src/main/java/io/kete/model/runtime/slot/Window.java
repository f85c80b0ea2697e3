// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.api.Role;
import java.util.Arrays;
import java.util.List;

/**
 * Past values of one binding, unscaled, so that the next version finds them whatever it scales
 * with. For one thread at a time.
 */
final class Window {

  private List<String> roles = List.of();
  private int capacity;
  private double[] rows = new double[0];
  private double[] held = new double[0];
  private int count;
  private int next;

  /** Makes room for a model; what is there stays when the roles are the same. */
  void fit(List<String> names, int steps) {
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
    return Math.floorMod(next - age, capacity);
  }

  /** The last value of a role, NaN when there was none. */
  double held(int role) {
    return held[role];
  }

  void hold(int role, double value) {
    held[role] = value;
  }

  void push(double[] values) {
    System.arraycopy(values, 0, rows, next * roles.size(), roles.size());
    next = (next + 1) % capacity;
    count = Math.min(count + 1, capacity);
  }

  /** Number of rows there are. */
  int count() {
    return count;
  }

  /** Writes the last so many rows, oldest first, scaled for a model. */
  void scaled(int steps, Role[] scaling, float[] inputs, int first) {
    int width = scaling.length;
    int to = first;
    for (int age = steps; age >= 1; age--) {
      int from = at(age) * width;
      for (int role = 0; role < width; role++) {
        inputs[to++] = scaling[role].scaled(rows[from + role]);
      }
    }
  }
}
