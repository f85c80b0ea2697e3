// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import java.nio.ByteBuffer;

/** Builds small ONNX models without any ONNX tool. */
final class Graph {

  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int STRING = 8;
  static final int DOUBLE = 11;

  /** A dimension that is not fixed. */
  static final int FREE = -1;

  private final Proto graph = new Proto().text(2, "test");

  Graph input(String name, int type, int... shape) {
    graph.message(11, value(name, type, shape));
    return this;
  }

  Graph output(String name, int type, int... shape) {
    graph.message(12, value(name, type, shape));
    return this;
  }

  Graph weights(String name, int[] shape, float... values) {
    return tensor(tensor(shape).number(2, FLOAT).text(8, name).floats(9, values));
  }

  Graph tensor(Proto tensor) {
    graph.message(5, tensor);
    return this;
  }

  static Proto tensor(int... shape) {
    Proto tensor = new Proto();
    for (int size : shape) {
      tensor.number(1, size);
    }
    return tensor;
  }

  /** An operator; attributes are added to the returned message before {@link #node(Proto)}. */
  static Proto operator(String type, String output, String... inputs) {
    Proto node = new Proto();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(4, type);
  }

  static Proto integer(String name, long value) {
    return new Proto().text(1, name).number(3, value).number(20, 2);
  }

  Graph node(String type, String output, String... inputs) {
    return node(operator(type, output, inputs));
  }

  Graph node(Proto node) {
    graph.message(1, node);
    return this;
  }

  Proto toProto() {
    return graph;
  }

  byte[] toBytes() {
    return new Proto()
        .number(1, 7)
        .message(7, graph)
        .message(8, new Proto().text(1, "").number(2, 13))
        .toBytes();
  }

  ByteBuffer toBuffer() {
    return ByteBuffer.wrap(toBytes()).asReadOnlyBuffer();
  }

  private static Proto value(String name, int type, int... shape) {
    Proto dimensions = new Proto();
    for (int size : shape) {
      dimensions.message(
          1, size == FREE ? new Proto().text(2, "rows") : new Proto().number(1, size));
    }
    Proto tensor = new Proto().number(1, type).message(2, dimensions);
    return new Proto().text(1, name).message(2, new Proto().message(1, tensor));
  }

  /** {@code y = 2a + 3b - c + 1} for rows of three values. */
  static Graph linear(int rows) {
    return new Graph()
        .input("x", FLOAT, rows, 3)
        .output("y", FLOAT, rows, 1)
        .weights("w", new int[] {3, 1}, 2, 3, -1)
        .weights("b", new int[] {1}, 1)
        .node("MatMul", "xw", "x", "w")
        .node("Add", "y", "xw", "b");
  }
}
