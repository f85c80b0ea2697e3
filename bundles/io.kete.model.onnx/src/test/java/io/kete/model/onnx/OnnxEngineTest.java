// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxEngineTest {

  private static final ModelDescriptor LINEAR = Descriptors.of(3, 1, "score");
  private static final int LARGE_BATCH = 600;

  private final OnnxEngine engine = new OnnxEngine(1);

  @ParameterizedTest
  @ValueSource(ints = {Graph.FREE, 1})
  void scoresManyRowsWhetherTheRowsAreFreeOrFixed(int rows) throws ModelException {
    try (LoadedModel model = engine.load(LINEAR, Graph.linear(rows).toBuffer())) {
      float[] outputs = new float[2];
      model.score(2, new float[] {1, 10, 100, 0, 0, 1}, outputs);

      assertThat(outputs).containsExactly(-67, 0);
    }
  }

  @Test
  void reusesItsMemoryForBatchesOfAllSizes() throws ModelException {
    try (LoadedModel model = engine.load(LINEAR, Graph.linear(Graph.FREE).toBuffer())) {
      for (int rows : new int[] {1, 7, 3, LARGE_BATCH, 1, 7, 256, 257}) {
        float[] inputs = new float[rows * 3 + 5];
        for (int row = 0; row < rows; row++) {
          inputs[3 * row] = row;
        }
        float[] outputs = new float[rows + 1];
        Arrays.fill(outputs, -1);
        model.score(rows, inputs, outputs);

        for (int row = 0; row < rows; row++) {
          assertThat(outputs[row]).isEqualTo(2f * row + 1);
        }
        assertThat(outputs[rows]).isEqualTo(-1);
      }
    }
  }

  @Test
  void dividesWideRowsIntoSmallerBatches() throws ModelException {
    int width = 4 * 1_024;
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    Graph graph =
        new Graph()
            .input("x", Graph.FLOAT, Graph.FREE, width)
            .output("y", Graph.FLOAT, Graph.FREE, 1)
            .weights("w", new int[] {width, 1}, ones)
            .node("MatMul", "y", "x", "w");
    try (LoadedModel model = engine.load(Descriptors.of(1_024, 4, "score"), graph.toBuffer())) {
      int rows = 100;
      float[] inputs = new float[rows * width];
      for (int row = 0; row < rows; row++) {
        inputs[(row + 1) * width - 1] = row;
      }
      float[] outputs = new float[rows];
      model.score(rows, inputs, outputs);

      for (int row = 0; row < rows; row++) {
        assertThat(outputs[row]).isEqualTo(row);
      }
    }
  }

  @Test
  void takesWindowsAsStepsAndRoles() throws ModelException {
    Graph graph =
        new Graph()
            .input("x", Graph.FLOAT, Graph.FREE, 2, 3)
            .output("y", Graph.FLOAT, Graph.FREE, 1)
            .weights("w", new int[] {6, 1}, 1, 10, 100, 1000, 10_000, 100_000)
            .node(Graph.operator("Flatten", "flat", "x").message(5, Graph.integer("axis", 1)))
            .node("MatMul", "y", "flat", "w");
    try (LoadedModel model = engine.load(Descriptors.of(3, 2, "score"), graph.toBuffer())) {
      float[] outputs = new float[2];
      model.score(2, new float[] {1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 1}, outputs);

      assertThat(outputs).containsExactly(654_321, 100_000);
    }
  }

  @Test
  void givesColumnsOfAllOutputsInTheirOrder() throws ModelException {
    Graph graph =
        new Graph()
            .input("x", Graph.FLOAT, Graph.FREE, 2)
            .output("pair", Graph.FLOAT, Graph.FREE, 2)
            .output("wide", Graph.DOUBLE, Graph.FREE, 2)
            .output("whole", Graph.INT64, Graph.FREE, 2)
            .node("Neg", "pair", "x")
            .node(cast("wide", "x", Graph.DOUBLE))
            .node(cast("whole", "x", Graph.INT64));
    ModelDescriptor descriptor = Descriptors.of(2, 1, "a", "b", "c", "d", "e", "f");
    try (LoadedModel model = engine.load(descriptor, graph.toBuffer())) {
      float[] outputs = new float[12];
      model.score(2, new float[] {1.5f, 2.5f, 3.5f, 4.5f}, outputs);

      assertThat(outputs)
          .containsExactly(-1.5f, -2.5f, 1.5f, 2.5f, 1, 2, -3.5f, -4.5f, 3.5f, 4.5f, 3, 4);
    }
  }

  @Test
  void takesOutputsByNameAndLeavesOthersOut() throws ModelException {
    Graph graph =
        new Graph()
            .input("x", Graph.FLOAT, Graph.FREE, 1)
            .output("label", Graph.INT64, Graph.FREE, 1)
            .output("minus", Graph.FLOAT, Graph.FREE, 1)
            .output("score", Graph.FLOAT, Graph.FREE, 1)
            .node(cast("label", "x", Graph.INT64))
            .node("Neg", "minus", "x")
            .node("Abs", "score", "minus");
    ModelDescriptor descriptor = Descriptors.of(1, 1, "score", "minus");
    try (LoadedModel model = engine.load(descriptor, graph.toBuffer())) {
      float[] outputs = new float[2];
      model.score(1, new float[] {5}, outputs);

      assertThat(outputs).containsExactly(5, -5);
    }
  }

  @Test
  void scoresRowByRowWhenTheGraphMixesRows() throws ModelException {
    Graph graph =
        new Graph()
            .input("x", Graph.FLOAT, Graph.FREE, 2)
            .output("sum", Graph.FLOAT)
            .node(Graph.operator("ReduceSum", "sum", "x").message(5, Graph.integer("keepdims", 0)));
    try (LoadedModel model = engine.load(Descriptors.of(2, 1, "score"), graph.toBuffer())) {
      float[] outputs = new float[2];
      model.score(2, new float[] {1, 2, 30, 40}, outputs);

      assertThat(outputs).containsExactly(3, 70);
    }
  }

  @Test
  void scoresFromSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (LoadedModel model = engine.load(LINEAR, Graph.linear(Graph.FREE).toBuffer())) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        float base = 1000f * thread;
        results.add(threads.submit(() -> isRight(model, base)));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isRight(LoadedModel model, float base) throws ModelException {
    float[] outputs = new float[3];
    for (int i = 0; i < 500; i++) {
      float value = base + i;
      int rows = 1 + i % 3;
      model.score(rows, new float[] {value, 0, 0, value, 0, 0, value, 0, 0}, outputs);
      for (int row = 0; row < rows; row++) {
        if (outputs[row] != 2 * value + 1) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void refusesToScoreAfterCloseInsteadOfCrashing() throws ModelException {
    LoadedModel model = engine.load(LINEAR, Graph.linear(Graph.FREE).toBuffer());
    model.close();
    model.close();

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> model.score(1, new float[3], new float[1]))
        .withMessage("the model is closed");
  }

  @Test
  void refusesArraysThatAreTooShort() throws ModelException {
    try (LoadedModel model = engine.load(LINEAR, Graph.linear(Graph.FREE).toBuffer())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(2, new float[5], new float[2]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(0, new float[3], new float[1]));
    }
  }

  @Test
  void refusesThreadsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OnnxEngine(0))
        .withMessage("io.kete.model.onnx.OnnxEngine: threads is 0, allowed are 1 to 16");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNothingAfterAThousandModels() throws Exception {
    cycles(100);
    long before = residentKilobytes();
    cycles(1_000);
    long after = residentKilobytes();

    assertThat(after - before).as("growth of resident memory in kB").isLessThan(16_000);
  }

  private void cycles(int count) throws ModelException {
    byte[] bytes = Graph.linear(Graph.FREE).toBytes();
    float[] outputs = new float[4];
    for (int i = 0; i < count; i++) {
      try (LoadedModel model = engine.load(LINEAR, java.nio.ByteBuffer.wrap(bytes))) {
        model.score(4, new float[12], outputs);
        assertThat(outputs[3]).isEqualTo(1);
      }
    }
  }

  private static long residentKilobytes() throws Exception {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static Proto cast(String output, String input, int type) {
    return Graph.operator("Cast", output, input).message(5, Graph.integer("to", type));
  }
}
