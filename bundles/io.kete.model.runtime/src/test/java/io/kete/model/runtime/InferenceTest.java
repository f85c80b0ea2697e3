// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.install.Installed;
import io.kete.model.runtime.order.Orders;
import io.kete.model.runtime.order.Post;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.ai.inference.ModelInfo;
import org.eclipse.kura.ai.inference.Tensor;
import org.eclipse.kura.ai.inference.TensorDescriptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As Kura's own components use an inference engine. */
class InferenceTest {

  @TempDir Path folder;
  private World world;
  private final Orders orders = new Orders();
  private final Inference inference = new Inference(orders);

  @BeforeEach
  void begin() throws Exception {
    world = new World(folder);
    orders.add(new Post("", world.slot()));
  }

  private void install(TestModels.Draft draft) throws Exception {
    Candidate candidate = draft.candidate();
    world.catalogue.put(
        1, new Installed("b", candidate.version().toString(), "pump", Optional.of(candidate), ""));
  }

  private static Tensor tensor(String name, Double... values) {
    return new Tensor(
        Double.class,
        TensorDescriptor.builder(name, "FP64", List.of((long) values.length)).build(),
        List.of(values));
  }

  private static List<Float> scores(List<Tensor> tensors) {
    assertThat(tensors).hasSize(1);
    return tensors.get(0).getData(Float.class).orElseThrow();
  }

  private ModelInfo info() throws KuraException {
    return inference.getModelInfo("s").orElseThrow();
  }

  @Test
  void runsWhatServesOnUnscaledValues() throws Exception {
    install(TestModels.draft().model("3"));
    assertThat(inference.isEngineReady()).isTrue();
    assertThat(inference.getModelNames()).containsExactly("s");
    ModelInfo info = info();
    assertThat(info.getVersion()).contains("1.0.0");
    assertThat(info.getPlatform()).contains("sum");
    assertThat(info.getInputs())
        .extracting(TensorDescriptor::getName)
        .containsExactly("flow", "pressure");
    assertThat(info.getInputs().get(0).getShape()).containsExactly(-1L, 1L);
    // the order of the tensors is of no importance, their names are; pressure is (p - 10) / 2
    assertThat(
            scores(
                inference.infer(
                    info, List.of(tensor("pressure", 14d, 10d), tensor("flow", 2d, 7d)))))
        .containsExactly(2f + 2f + 3f, 7f + 0f + 3f);
    Tensor floats =
        new Tensor(
            Float.class,
            TensorDescriptor.builder("flow", "FP32", List.of(1L)).build(),
            List.of(5f));
    assertThat(scores(inference.infer(info, List.of(floats, tensor("pressure", 10d)))))
        .containsExactly(8f);
  }

  @Test
  void rowsOfWindowsComeStepAfterStepAndInAnyNumber() throws Exception {
    install(TestModels.draft().steps(2).roles(TestModels.role("flow", "REFUSE", 0, 1)));
    assertThat(scores(inference.infer(info(), List.of(tensor("flow", 1d, 2d, 10d, 20d)))))
        .containsExactly(4f, 31f);
    Double[] many = Collections.nCopies(2 * 700, 1d).toArray(new Double[0]);
    assertThat(scores(inference.infer(info(), List.of(tensor("flow", many)))))
        .hasSize(700)
        .containsOnly(3f);
  }

  @Test
  void theNextVersionScoresTheNextCall() throws Exception {
    install(TestModels.draft().model("1"));
    ModelInfo info = info();
    install(TestModels.draft("2.0.0").model("2"));
    List<Tensor> gave = inference.infer(info, List.of(tensor("flow", 0d), tensor("pressure", 10d)));
    assertThat(scores(gave)).containsExactly(2f);
    assertThat(gave.get(0).getDescriptor().getParameters()).containsEntry("version", "2.0.0");
    assertThat(world.engine.open()).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsRefused() throws Exception {
    install(TestModels.draft());
    refused(KuraErrorCode.INVALID_PARAMETER, List.of(tensor("flow", 1d)));
    refused(KuraErrorCode.INVALID_PARAMETER, List.of(tensor("flow", 1d), tensor("speed", 1d)));
    refused(
        KuraErrorCode.INVALID_PARAMETER, List.of(tensor("flow", 1d), tensor("pressure", 1d, 2d)));
    refused(
        KuraErrorCode.INVALID_PARAMETER,
        List.of(tensor("flow", Double.NaN), tensor("pressure", 1d)));
    refused(KuraErrorCode.INVALID_PARAMETER, List.of(tensor("flow"), tensor("pressure")));
    Double[] many = Collections.nCopies(5_000, 1d).toArray(new Double[0]);
    refused(
        KuraErrorCode.INVALID_PARAMETER, List.of(tensor("flow", many), tensor("pressure", many)));
  }

  private void refused(KuraErrorCode code, List<Tensor> tensors) {
    assertThatExceptionOfType(KuraException.class)
        .isThrownBy(() -> inference.infer(info(), tensors))
        .satisfies(e -> assertThat(e.getCode()).isEqualTo(code));
  }

  @Test
  void modelsComeInThroughTheGateOnly() throws Exception {
    assertThat(inference.isEngineReady()).isFalse();
    assertThat(inference.getModelInfo("s")).isEmpty();
    unsupported(() -> inference.loadModel("s", Optional.empty()));
    install(TestModels.draft());
    inference.loadModel("s", Optional.empty());
    assertThat(inference.isModelLoaded("s")).isTrue();
    assertThat(inference.isModelLoaded("t")).isFalse();
    unsupported(() -> inference.loadModel("s", Optional.of("/tmp/model.onnx")));
    unsupported(() -> inference.unloadModel("s"));
    assertThat(inference.isModelLoaded("s")).isTrue();
  }

  private static void unsupported(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(KuraException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.OPERATION_NOT_SUPPORTED));
  }
}
