// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.ai.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferenceTypesTest {
  private final TensorDescriptor in =
      TensorDescriptor.builder("in", "FP32", List.of(-1L, 4L))
          .format("N")
          .addParameter("k", 1)
          .build();
  private final TensorDescriptor out =
      TensorDescriptor.builder("out", "FP32", List.of(1L)).format("").build();

  @Test
  void descriptorSurvivesItsBuilder() {
    TensorDescriptor copy = in.toBuilder().build();
    assertThat(copy).usingRecursiveComparison().isEqualTo(in);
    assertThat(copy.getFormat()).contains("N");
    assertThat(copy.getShape()).containsExactly(-1L, 4L);
    assertThat(copy.getParameters()).isEqualTo(Map.of("k", 1));
    assertThat(out.getFormat()).isEmpty();
    assertThat(in.toBuilder().removeParameter("k").build().getParameters()).isEmpty();
  }

  @Test
  void modelSurvivesItsBuilder() {
    ModelInfo model =
        ModelInfo.builder("m")
            .platform("onnx")
            .version("")
            .addParameter("p", "q")
            .addInputDescriptor(in)
            .addAllOutputDescriptor(List.of(out))
            .build();
    assertThat(model.toBuilder().build()).usingRecursiveComparison().isEqualTo(model);
    assertThat(model.getPlatform()).contains("onnx");
    assertThat(model.getVersion()).isEmpty();
    assertThat(model.getInputs()).containsExactly(in);
    assertThat(model.getOutputs()).containsExactly(out);
  }

  @Test
  void incompleteThingsAreNotBuilt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelInfo.builder("m").addInputDescriptor(in).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorDescriptor.builder("", "FP32", List.of(1L)).build());
  }

  @Test
  void tensorGivesItsElementsOnlyByTheirType() {
    Tensor tensor = new Tensor(Float.class, in, List.of(1f, 2f));
    assertThat(tensor.getData(Float.class)).contains(List.of(1f, 2f));
    assertThat(tensor.getData(Double.class)).isEmpty();
    assertThat(tensor.getType()).isEqualTo(Float.class);
  }
}
