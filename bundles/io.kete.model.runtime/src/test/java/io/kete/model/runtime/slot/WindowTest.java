// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.model.api.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowTest {

  private static final List<String> NAMES = List.of("a", "b");

  private final Window window = new Window();

  private static Role[] roles(double offset, double scale) {
    return NAMES.stream()
        .map(name -> new Role(name, "", 0, 1, Role.Missing.REFUSE, offset, scale))
        .toArray(Role[]::new);
  }

  private void push(int from, int to) {
    for (int i = from; i < to; i++) {
      window.push(new double[] {i, 10 * i});
    }
  }

  private float[] last(int steps, Role[] roles) {
    float[] inputs = new float[1 + steps * roles.length];
    window.scaled(steps, roles, inputs, 1);
    assertThat(inputs[0]).as("what stands before").isZero();
    return java.util.Arrays.copyOfRange(inputs, 1, inputs.length);
  }

  @Test
  void givesTheLastRowsOldestFirstHoweverOftenItWasFilled() {
    window.fit(NAMES, 3);
    Role[] plain = roles(0, 1);
    push(0, 3);
    assertThat(last(3, plain)).containsExactly(0, 0, 1, 10, 2, 20);
    for (int i = 3; i < 10; i++) {
      push(i, i + 1);
      assertThat(last(3, plain))
          .containsExactly(i - 2, 10 * (i - 2), i - 1, 10 * (i - 1), i, 10 * i);
      assertThat(last(1, plain)).containsExactly(i, 10 * i);
    }
  }

  @Test
  void scalesWhatItHoldsForEachVersionAnew() {
    window.fit(NAMES, 2);
    push(0, 3);
    assertThat(last(2, roles(1, 2))).containsExactly(0, 4.5f, 0.5f, 9.5f);

    window.fit(NAMES, 2);
    assertThat(last(2, roles(0, 10))).containsExactly(0.1f, 1, 0.2f, 2);
  }

  @Test
  void keepsWhatItHoldsForALongerWindow() {
    window.fit(NAMES, 2);
    Role[] plain = roles(0, 1);
    push(0, 3);
    assertThat(last(2, plain)).containsExactly(1, 10, 2, 20);

    window.fit(NAMES, 4);
    push(3, 5);
    assertThat(last(4, plain)).containsExactly(1, 10, 2, 20, 3, 30, 4, 40);
  }

  @Test
  void beginsAnewForOtherRoles() {
    window.fit(NAMES, 2);
    Role[] plain = roles(0, 1);
    push(0, 2);
    assertThat(last(2, plain)).containsExactly(0, 0, 1, 10);

    window.fit(List.of("b", "a"), 2);
    assertThat(window.count()).isZero();
    push(5, 7);
    assertThat(last(2, plain)).containsExactly(5, 50, 6, 60);
  }
}
