// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/** ONNX Runtime with nothing around it: rows that stand ready in an array, scores into an array. */
final class BareCall implements AutoCloseable {

  private static final float VALUE = 0.5f;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;
  private final long[] shape;
  private final float[] inputs;
  private final float[] scores;
  private final FloatBuffer buffer;
  private final Map<String, OnnxTensor> kept;

  /** Loads a model with the options of the product's engine. */
  BareCall(byte[] model, String input, int rows, int width) throws OrtException {
    this.input = input;
    this.shape = new long[] {rows, width};
    this.inputs = new float[rows * width];
    Arrays.fill(inputs, VALUE);
    this.scores = new float[rows];
    this.buffer =
        ByteBuffer.allocateDirect(rows * width * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      session = environment.createSession(model, options);
    }
    kept = Map.of(input, OnnxTensor.createTensor(environment, buffer, shape));
  }

  /** The rows into a tensor, one run, the scores out of the result. */
  float[] run() throws OrtException {
    buffer.clear().put(inputs).flip();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, buffer, shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(scores);
      return scores;
    }
  }

  /** As {@link #run}, with a tensor that is made once, as the product's engine does. */
  float[] runAgain() throws OrtException {
    buffer.clear().put(inputs).flip();
    try (OrtSession.Result result = session.run(kept)) {
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(scores);
      return scores;
    }
  }

  @Override
  public void close() throws OrtException {
    kept.values().forEach(OnnxTensor::close);
    session.close();
  }
}
