// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import java.util.Arrays;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;

/**
 * What the regression sees of the flow {@code x}: {@code x}, {@code x²} and, for a pump that
 * pauses, {@code x² / (x² + 0.01)}, which is 0 at rest and nearly 1 in operation. Written twice, as
 * arithmetic and as a graph; a test holds them together.
 */
record Features(boolean pauses) {

  private static final double REST = 0.01;

  /** Names whose alphabetical order is that of the values, as Tribuo numbers features by name. */
  String[] names() {
    return pauses ? new String[] {"f1", "f2", "f3"} : new String[] {"f1", "f2"};
  }

  double[] of(double flow) {
    double square = flow * flow;
    return pauses
        ? new double[] {flow, square, square / (square + REST)}
        : new double[] {flow, square};
  }

  ONNXRef<?> graph(ONNXContext context, ONNXRef<?> flow) {
    ONNXRef<?> square = flow.apply(ONNXOperators.MUL, flow);
    if (!pauses) {
      return context.operation(
          ONNXOperators.CONCAT, Arrays.asList(flow, square), "features", Map.of("axis", 1));
    }
    ONNXRef<?> above = square.apply(ONNXOperators.ADD, context.constant("rest", (float) REST));
    ONNXRef<?> running = square.apply(ONNXOperators.DIV, above);
    return context.operation(
        ONNXOperators.CONCAT, Arrays.asList(flow, square, running), "features", Map.of("axis", 1));
  }
}
