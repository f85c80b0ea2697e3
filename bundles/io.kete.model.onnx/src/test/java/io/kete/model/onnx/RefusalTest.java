// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {

  private static final ModelDescriptor LINEAR = Descriptors.of(3, 1, "score");

  private final OnnxEngine engine = new OnnxEngine(1);

  @Test
  void anotherWidth() {
    assertThat(refusal(Descriptors.of(4, 1, "score"), Graph.linear(Graph.FREE).toBytes()))
        .isEqualTo(
            "input x has the shape [-1, 3], the descriptor needs [rows, 4] or [rows, 1, 4] with"
                + " free rows or 1");
  }

  @Test
  void anotherFixedBatch() {
    assertThat(refusal(LINEAR, Graph.linear(8).toBytes())).startsWith("input x has the shape [8");
  }

  @Test
  void anotherType() {
    Graph graph =
        new Graph()
            .input("x", Graph.INT64, Graph.FREE, 3)
            .output("y", Graph.INT64, Graph.FREE, 3)
            .node("Neg", "y", "x");
    assertThat(refusal(LINEAR, graph.toBytes())).isEqualTo("input x is not a float32 tensor");
  }

  @Test
  void twoInputs() {
    Graph graph =
        new Graph()
            .input("x", Graph.FLOAT, Graph.FREE, 3)
            .input("z", Graph.FLOAT, Graph.FREE, 3)
            .output("y", Graph.FLOAT, Graph.FREE, 3)
            .node("Add", "y", "x", "z");
    assertThat(refusal(LINEAR, graph.toBytes())).isEqualTo("the graph has 2 inputs, one is needed");
  }

  @Test
  void anotherNumberOfOutputs() {
    assertThat(refusal(Descriptors.of(3, 1, "a", "b"), Graph.linear(Graph.FREE).toBytes()))
        .isEqualTo("the graph gives 1 values for one row, the descriptor names 2 outputs");
  }

  @Test
  void outputsThatAreNoNumbers() {
    Graph graph =
        new Graph()
            .input("x", Graph.FLOAT, Graph.FREE, 3)
            .output("y", Graph.STRING, Graph.FREE, 3)
            .node(Graph.operator("Cast", "y", "x").message(5, Graph.integer("to", Graph.STRING)));
    assertThat(refusal(LINEAR, graph.toBytes()))
        .isEqualTo("output y is no tensor of float32, float64 or int64");
  }

  @Test
  void anUnknownOperator() {
    Graph graph =
        new Graph()
            .input("x", Graph.FLOAT, Graph.FREE, 3)
            .output("y", Graph.FLOAT, Graph.FREE, 3)
            .node("Frobnicate", "y", "x");
    assertThat(refusal(LINEAR, graph.toBytes()))
        .isEqualTo(
            "operator Frobnicate is not allowed; docs/model.md names those that are left out");
  }

  @Test
  void operatorsThatNeedNotEndOrTakeAnyAmountOfMemory() {
    for (String operator :
        new String[] {"Loop", "Scan", "If", "ConstantOfShape", "Expand", "Tile"}) {
      Graph graph = linear().node(Graph.operator(operator, "w", "x"));
      assertThat(refusal(LINEAR, graph.toBytes())).startsWith("operator " + operator + " is not");
    }
  }

  @Test
  void anOperatorOfAnotherDomain() {
    Graph graph = linear().node(Graph.operator("Add", "w", "x", "x").text(7, "com.microsoft"));
    assertThat(refusal(LINEAR, graph.toBytes())).startsWith("operator com.microsoft.Add is not");
  }

  @Test
  void functionsOfItsOwn() {
    byte[] model =
        new Proto().message(7, linear().toProto()).message(25, new Proto().text(1, "f")).toBytes();
    assertThat(refusal(LINEAR, model)).contains("functions");
  }

  @Test
  void dimensionsOutOfBoundsHoweverTheyAreWritten() {
    Proto huge = Graph.tensor(1 << 30).number(2, Graph.FLOAT);
    Proto product = Graph.tensor(1 << 14, 1 << 14).number(2, Graph.FLOAT);
    Proto negative = new Proto().number(1, -1).number(2, Graph.FLOAT);
    byte[] packed = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x7F};
    for (Proto tensor : List.of(huge, product, negative, new Proto().bytes(1, packed))) {
      assertThat(refusal(LINEAR, linear().tensor(tensor).toBytes()))
          .contains("a tensor has the dimension");
    }
    Graph wide = new Graph().input("x", Graph.FLOAT, Graph.FREE, 1 << 30).node("Neg", "y", "x");
    assertThat(refusal(LINEAR, wide.toBytes())).contains("a tensor has the dimension");
  }

  @Test
  void tensorsThatTakeMoreTogetherThanTheDescriptorAllows() {
    Graph graph = linear();
    for (int i = 0; i < 3; i++) {
      graph.tensor(Graph.tensor(10_000).number(2, Graph.FLOAT).text(8, "w" + i));
    }
    assertThat(refusal(LINEAR, graph.toBytes()))
        .isEqualTo(
            "the tensors of the model take more than the 100000 bytes that memoryLimitBytes"
                + " allows");
  }

  @Test
  void weightsThatDoNotFitTheirShape() {
    Graph graph =
        new Graph()
            .input("x", Graph.FLOAT, Graph.FREE, 3)
            .output("y", Graph.FLOAT, Graph.FREE, 1)
            .weights("w", new int[] {3, 1}, 2, 3)
            .node("MatMul", "y", "x", "w");
    assertThat(refusal(LINEAR, graph.toBytes())).startsWith("ONNX Runtime refuses the model: ");
  }

  @Test
  void aModelThatIsCutOffAnywhere() {
    byte[] whole = Graph.linear(Graph.FREE).toBytes();
    for (int length = 0; length < whole.length; length++) {
      assertThat(refusal(LINEAR, Arrays.copyOf(whole, length))).as("%d bytes", length).isNotBlank();
    }
  }

  @Test
  void moreBytesThanTheDescriptorAllows() {
    byte[] whole = Graph.linear(Graph.FREE).toBytes();
    assertThat(refusal(Descriptors.of(whole.length - 1L, 3, 1, "score"), whole))
        .isEqualTo(
            "the model has %d bytes, its descriptor allows %d", whole.length, whole.length - 1);
  }

  @Test
  void dataOutsideTheModel() {
    Proto entry = new Proto().text(1, "location").text(2, "/etc/hostname");
    Proto named = Graph.tensor(3, 1).number(2, Graph.FLOAT).text(8, "w").message(13, entry);
    Proto marked = Graph.tensor(3, 1).number(2, Graph.FLOAT).text(8, "w").number(14, 1);
    for (Proto tensor : new Proto[] {named, marked}) {
      assertThat(refusal(LINEAR, linear().tensor(tensor).toBytes())).contains("outside its file");
    }
  }

  @Test
  void dataOutsideTheModelInAConstantOfABranch() {
    Proto tensor = Graph.tensor(3, 1).number(2, Graph.FLOAT).number(14, 1);
    Proto constant =
        Graph.operator("Constant", "w").message(5, new Proto().text(1, "value").message(5, tensor));
    Proto branch =
        new Proto().text(1, "then_branch").message(6, new Graph().node(constant).toProto());
    Proto choice = Graph.operator("If", "w", "x").message(5, branch);
    assertThat(refusal(LINEAR, linear().node(choice).toBytes())).contains("outside its file");
  }

  @Test
  void endlessNesting() {
    Graph graph = new Graph();
    for (int i = 0; i < 100; i++) {
      Proto branch = new Proto().text(1, "body").message(6, graph.toProto());
      graph = new Graph().node(Graph.operator("Loop", "y").message(5, branch));
    }
    assertThat(refusal(LINEAR, graph.toBytes())).contains("nested deeper");
  }

  private static Graph linear() {
    return new Graph()
        .input("x", Graph.FLOAT, Graph.FREE, 3)
        .output("y", Graph.FLOAT, Graph.FREE, 1)
        .node("MatMul", "y", "x", "w");
  }

  private String refusal(ModelDescriptor descriptor, byte[] model) {
    return String.valueOf(
        assertThatExceptionOfType(ModelException.class)
            .isThrownBy(() -> engine.load(descriptor, ByteBuffer.wrap(model)).close())
            .actual()
            .getMessage());
  }
}
