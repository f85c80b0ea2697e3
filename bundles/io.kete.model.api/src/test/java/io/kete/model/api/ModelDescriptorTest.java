// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelDescriptorTest {

  private static final Role FLOW = new Role("flow", "l/min", 0, 200, Role.Missing.REFUSE, 100, 20);
  private static final Output SCORE = new Output("score", "");

  @Test
  void countsTheValuesOfARow() {
    assertThat(descriptor(List.of(FLOW), 3, List.of(1.0, 2.0, 3.0)).width()).isEqualTo(3);
  }

  @Test
  void scalesAValueForTheModel() {
    assertThat(FLOW.scaled(140)).isEqualTo(2.0f);
  }

  @Test
  void refusesAGoldenVectorOfAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> descriptor(List.of(FLOW), 3, List.of(1.0)))
        .withMessageContaining("3 inputs and 1 outputs");
  }

  @Test
  void refusesTwoRolesOfOneName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> descriptor(List.of(FLOW, FLOW), 1, List.of(1.0, 2.0)))
        .withMessageContaining("role stands twice");
  }

  @Test
  void refusesUnboundedDimensions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> descriptor(List.of(FLOW), 1_025, List.of(1.0)))
        .withMessageContaining("1 to 1024");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Role("r", "", 0, 1, Role.Missing.HOLD, 0, 0));
  }

  private static ModelDescriptor descriptor(List<Role> roles, int steps, List<Double> inputs) {
    return new ModelDescriptor(
        "pump",
        "1.0.0",
        "onnx",
        roles,
        steps,
        List.of(SCORE),
        Duration.ofMillis(5),
        1_000,
        List.of(new GoldenVector(inputs, List.of(0.5), 1e-5)),
        "");
  }
}
