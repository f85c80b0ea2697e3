// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import ai.onnx.proto.OnnxMl;
import java.util.List;
import org.tribuo.impl.ArrayExample;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDModel;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * How far a state is from what its flow lets expect. A regression gives the expected pressure,
 * vibration, current and temperature; {@code d} is the mean of the squared deviations, each in
 * units of its usual size; the score is {@code d / (d + limit)}: 0 for the expected, 0.5 at the
 * limit, towards 1 beyond.
 */
final class AnomalyModel {

  /** Names whose alphabetical order is that of the roles, as Tribuo numbers outputs by name. */
  static final String[] TARGETS = {"t1", "t2", "t3", "t4"};

  static final int IR_VERSION = 7;

  private final LinearSGDModel expected;
  private final Features features;
  private final double[] usual;
  private final double limit;

  AnomalyModel(LinearSGDModel expected, Features features, double[] usual, double limit) {
    this.expected = expected;
    this.features = features;
    this.usual = usual.clone();
    this.limit = limit;
  }

  /** Score by the training library, in double precision. */
  double score(double[] values) {
    double d = distance(expected, features, usual, values);
    return d / (d + limit);
  }

  static double distance(
      LinearSGDModel expected, Features features, double[] usual, double[] values) {
    double[] deviations = deviations(expected, features, values);
    double sum = 0;
    for (int i = 0; i < deviations.length; i++) {
      double z = deviations[i] / usual[i];
      sum += z * z;
    }
    return sum / deviations.length;
  }

  static double[] deviations(LinearSGDModel expected, Features features, double[] values) {
    Role[] roles = Role.values();
    double[] of = features.of(roles[0].scaled(values[0]));
    double[] prediction =
        expected
            .predict(new ArrayExample<>(nothing(), features.names(), of))
            .getOutput()
            .getValues();
    double[] deviations = new double[TARGETS.length];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = roles[i + 1].scaled(values[i + 1]) - prediction[i];
    }
    return deviations;
  }

  private static Regressor nothing() {
    return new Regressor(TARGETS, new double[TARGETS.length]);
  }

  /** The same as {@link #score} for rows of scaled values, as ONNX. */
  byte[] toOnnx(String version) {
    ONNXContext context = new ONNXContext();
    context.setName("pump_anomaly");
    int width = Role.values().length;
    ONNXPlaceholder input = context.floatInput("input", width);
    ONNXPlaceholder output = context.floatOutput("score", 1);
    ONNXRef<?> flow = input.apply(ONNXOperators.GEMM, selection(context, "flow", 0, 1));
    ONNXRef<?> rest = input.apply(ONNXOperators.GEMM, selection(context, "rest", 1, width));
    ONNXRef<?> prediction = expected.writeONNXGraph(features.graph(context, flow));
    ONNXRef<?> z =
        rest.apply(ONNXOperators.SUB, prediction)
            .apply(ONNXOperators.DIV, context.array("usual", floats(usual)));
    ONNXRef<?> squares = z.apply(ONNXOperators.MUL, z);
    ONNXInitializer mean =
        context.floatTensor(
            "mean",
            List.of(TARGETS.length, 1),
            buffer -> {
              for (int i = 0; i < TARGETS.length; i++) {
                buffer.put(1f / TARGETS.length);
              }
            });
    ONNXRef<?> d = squares.apply(ONNXOperators.GEMM, mean);
    ONNXRef<?> sum = d.apply(ONNXOperators.ADD, context.constant("limit", (float) limit));
    d.apply(ONNXOperators.DIV, sum).assignTo(output);
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("Kete training with Tribuo")
        .setProducerVersion(version)
        .setGraph(context.buildGraph())
        .addOpsetImport(ONNXOperators.getOpsetProto())
        .build()
        .toByteArray();
  }

  /** Matrix that takes columns {@code from} to {@code to} of the input. */
  private static ONNXInitializer selection(ONNXContext context, String name, int from, int to) {
    int width = Role.values().length;
    return context.floatTensor(
        name,
        List.of(width, to - from),
        buffer -> {
          for (int row = 0; row < width; row++) {
            for (int column = from; column < to; column++) {
              buffer.put(row == column ? 1 : 0);
            }
          }
        });
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
