// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An autoencoder over a window of eight roles with seeded weights: how far the window is from what
 * comes back out of a narrow middle. Its kind and size are those of a model for a machine with a
 * few sensors.
 */
final class Window {

  static final int STEPS = 32;
  static final int WIDTH = STEPS * EightRoles.COUNT;

  private static final int[] LAYERS = {WIDTH, 64, 16, 64, WIDTH};
  private static final double GOLDEN = 0.5;

  private final float[][] weights = new float[LAYERS.length - 1][];

  Window() {
    Random random = new Random(8);
    for (int layer = 0; layer < weights.length; layer++) {
      weights[layer] = new float[LAYERS[layer] * LAYERS[layer + 1]];
      for (int i = 0; i < weights[layer].length; i++) {
        weights[layer][i] = (float) (random.nextGaussian() / Math.sqrt(LAYERS[layer]));
      }
    }
  }

  private byte[] bytes() {
    Onnx graph = Onnx.graph(Onnx.FLOAT, WIDTH, 1);
    String before = "x";
    for (int layer = 0; layer < weights.length; layer++) {
      int[] shape = {LAYERS[layer], LAYERS[layer + 1]};
      graph.message(5, Onnx.weights("w" + layer, shape, weights[layer]));
      graph.message(1, Onnx.node("MatMul", "m" + layer, before, "w" + layer));
      graph.message(1, Onnx.node("Tanh", "t" + layer, "m" + layer));
      before = "t" + layer;
    }
    float[] share = new float[WIDTH];
    Arrays.fill(share, 1f / WIDTH);
    graph
        .message(5, Onnx.weights("share", new int[] {WIDTH, 1}, share))
        .message(1, Onnx.node("Sub", "difference", "x", before))
        .message(1, Onnx.node("Mul", "square", "difference", "difference"))
        .message(1, Onnx.node("MatMul", "y", "square", "share"));
    return Onnx.model(graph, 13);
  }

  /** What the graph gives for a window of the same values throughout, by plain arithmetic. */
  private double score(double value) {
    double[] in = new double[WIDTH];
    Arrays.fill(in, value);
    double[] now = in;
    for (int layer = 0; layer < weights.length; layer++) {
      double[] next = new double[LAYERS[layer + 1]];
      for (int column = 0; column < next.length; column++) {
        double sum = 0;
        for (int row = 0; row < now.length; row++) {
          sum += now[row] * weights[layer][row * next.length + column];
        }
        next[column] = Math.tanh(sum);
      }
      now = next;
    }
    double error = 0;
    for (int i = 0; i < WIDTH; i++) {
      error += (in[i] - now[i]) * (in[i] - now[i]) / WIDTH;
    }
    return error;
  }

  /** The bundle of version 1.0.0. */
  ZooModel model() {
    String inputs =
        IntStream.range(0, WIDTH)
            .mapToObj(i -> Double.toString(GOLDEN))
            .collect(Collectors.joining(","));
    String golden =
        "\"golden\": [{\"inputs\": [%s], \"outputs\": [%s], \"tolerance\": 0.001}]"
            .formatted(inputs, score(GOLDEN));
    return ZooModel.of(1)
        .model(bytes())
        .json(
            usual ->
                EightRoles.descriptor(1, 1_000_000)
                    .replace("\"steps\": 1", "\"steps\": " + STEPS)
                    .replaceAll("\"golden\": \\[.*\\]", golden));
  }
}
