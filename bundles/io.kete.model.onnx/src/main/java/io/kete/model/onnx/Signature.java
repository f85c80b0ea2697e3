// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelException;
import io.kete.model.api.Output;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes in and comes out of a graph.
 *
 * @param input name of the input
 * @param rowShape shape of one row of the input, without the rows
 * @param batched whether several rows can go in at once
 * @param outputs outputs in the order of the descriptor
 */
record Signature(String input, List<Long> rowShape, boolean batched, List<Column> outputs) {

  /**
   * An output of the graph.
   *
   * @param name its name
   * @param type FLOAT, DOUBLE or INT64
   * @param columns values for each row
   * @param shape shape for one row; with several rows the first number is theirs
   */
  record Column(String name, OnnxJavaType type, int columns, List<Long> shape) {

    long[] shape(int rows) {
      long[] result = shape.stream().mapToLong(Long::longValue).toArray();
      if (result.length > 0) {
        result[0] *= rows;
      }
      return result;
    }
  }

  private static final Set<OnnxJavaType> TYPES =
      Set.of(OnnxJavaType.FLOAT, OnnxJavaType.DOUBLE, OnnxJavaType.INT64);

  /** Values of one row of all outputs. */
  int total() {
    return outputs.stream().mapToInt(Column::columns).sum();
  }

  long[] inputShape(int rows) {
    long[] shape = new long[rowShape.size() + 1];
    shape[0] = rows;
    for (int i = 0; i < rowShape.size(); i++) {
      shape[i + 1] = rowShape.get(i);
    }
    return shape;
  }

  /** Compares a graph with its descriptor and tries it with one and with two rows of zeros. */
  static Signature of(ModelDescriptor descriptor, OrtEnvironment environment, OrtSession session)
      throws ModelException {
    try {
      if (session.getInputInfo().size() != 1) {
        throw new ModelException(
            "the graph has " + session.getInputInfo().size() + " inputs, one is needed");
      }
      NodeInfo input = session.getInputInfo().values().iterator().next();
      long[] shape = checkedInput(input, descriptor);
      List<Long> rowShape = Arrays.stream(shape).skip(1).boxed().toList();
      Set<String> wanted = wanted(descriptor, session);
      Signature plain = new Signature(input.getName(), rowShape, false, List.of());
      List<Column> one = plain.probe(environment, session, wanted, 1);
      compare(one, descriptor);
      boolean batched = shape[0] != 1 && plain.growsWithRows(environment, session, wanted, one);
      return new Signature(input.getName(), rowShape, batched, one);
    } catch (OrtException failed) {
      throw new ModelException("the model fails: " + OrtText.of(failed), failed);
    }
  }

  private static long[] checkedInput(NodeInfo input, ModelDescriptor descriptor)
      throws ModelException {
    if (!(input.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new ModelException("input " + input.getName() + " is not a float32 tensor");
    }
    long[] shape = tensor.getShape();
    long[] flat = {shape.length > 0 ? shape[0] : 0, descriptor.width()};
    long[] stepped = {flat[0], descriptor.steps(), descriptor.roles().size()};
    long[] expected = shape.length == stepped.length ? stepped : flat;
    boolean fits = shape.length == expected.length && (shape[0] == -1 || shape[0] == 1);
    for (int i = 1; fits && i < shape.length; i++) {
      fits = shape[i] == expected[i] || shape[i] == -1;
    }
    if (!fits) {
      throw new ModelException(
          "input "
              + input.getName()
              + " has the shape "
              + Arrays.toString(shape)
              + ", the descriptor needs [rows, "
              + descriptor.width()
              + "] or [rows, "
              + descriptor.steps()
              + ", "
              + descriptor.roles().size()
              + "] with free rows or 1");
    }
    return expected;
  }

  private static Set<String> wanted(ModelDescriptor descriptor, OrtSession session)
      throws OrtException {
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    List<String> names = descriptor.outputs().stream().map(Output::name).toList();
    return new LinkedHashSet<>(outputs.keySet().containsAll(names) ? names : outputs.keySet());
  }

  private List<Column> probe(
      OrtEnvironment environment, OrtSession session, Set<String> wanted, int rows)
      throws OrtException, ModelException {
    int values = rows * rowShape.stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
    try (OnnxTensor zeros =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(new float[values]), inputShape(rows));
        OrtSession.Result result = session.run(Map.of(input, zeros), wanted)) {
      List<Column> columns = new ArrayList<>();
      for (String name : wanted) {
        columns.add(column(name, result.get(name).orElseThrow()));
      }
      return columns;
    }
  }

  private static Column column(String name, OnnxValue value) throws OrtException, ModelException {
    ValueInfo info = value.getInfo();
    if (!(info instanceof TensorInfo tensor) || !TYPES.contains(tensor.type)) {
      throw new ModelException("output " + name + " is no tensor of float32, float64 or int64");
    }
    List<Long> shape = Arrays.stream(tensor.getShape()).boxed().toList();
    return new Column(name, tensor.type, (int) tensor.getNumElements(), shape);
  }

  private static void compare(List<Column> columns, ModelDescriptor descriptor)
      throws ModelException {
    int total = columns.stream().mapToInt(Column::columns).sum();
    if (total != descriptor.outputs().size()) {
      throw new ModelException(
          "the graph gives "
              + total
              + " values for one row, the descriptor names "
              + descriptor.outputs().size()
              + " outputs");
    }
  }

  private boolean growsWithRows(
      OrtEnvironment environment, OrtSession session, Set<String> wanted, List<Column> one)
      throws ModelException {
    try {
      List<Column> two = probe(environment, session, wanted, 2);
      for (int i = 0; i < one.size(); i++) {
        boolean grows = !one.get(i).shape().isEmpty() && one.get(i).shape().get(0) == 1;
        long[] expected = one.get(i).shape(2);
        long[] actual = two.get(i).shape().stream().mapToLong(Long::longValue).toArray();
        if (!grows || !Arrays.equals(expected, actual)) {
          return false;
        }
      }
      return true;
    } catch (OrtException onlyOneRow) {
      return false;
    }
  }
}
