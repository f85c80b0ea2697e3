// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory outside the heap for one run at a time. ONNX Runtime reads and writes it in place; it is
 * kept from run to run and grows to the largest batch. Used by one thread at a time.
 */
final class Workspace implements AutoCloseable {

  private final OrtEnvironment environment;
  private final Signature signature;
  private final int width;
  private final Map<String, OnnxTensor> in = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> out = new LinkedHashMap<>();
  private final List<ByteBuffer> results = new ArrayList<>();
  private FloatBuffer values = buffer(0).asFloatBuffer();
  private int capacity;
  private int rows;

  Workspace(OrtEnvironment environment, Signature signature, int width) {
    this.environment = environment;
    this.signature = signature;
    this.width = width;
  }

  /** Scores {@code count} rows from row {@code first} on. */
  void run(OrtSession session, int first, int count, float[] inputs, float[] outputs)
      throws OrtException {
    if (count != rows) {
      shape(count);
    }
    values.clear().put(inputs, first * width, count * width);
    session.run(in, out).close();
    int total = signature.total();
    int offset = first * total;
    for (int i = 0; i < results.size(); i++) {
      Signature.Column column = signature.outputs().get(i);
      copy(column, results.get(i), count, outputs, offset, total);
      offset += column.columns();
    }
  }

  private static void copy(
      Signature.Column column, ByteBuffer from, int rows, float[] to, int offset, int stride) {
    int columns = column.columns();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < columns; i++) {
        int index = row * columns + i;
        to[offset + row * stride + i] =
            switch (column.type()) {
              case DOUBLE -> (float) from.getDouble(index * Double.BYTES);
              case INT64 -> from.getLong(index * Long.BYTES);
              default -> from.getFloat(index * Float.BYTES);
            };
      }
    }
  }

  private void shape(int count) throws OrtException {
    release();
    if (count > capacity) {
      grow(count);
    }
    in.put(
        signature.input(),
        OnnxTensor.createTensor(
            environment, values.slice(0, count * width), signature.inputShape(count)));
    for (int i = 0; i < results.size(); i++) {
      Signature.Column column = signature.outputs().get(i);
      int bytes = count * column.columns() * column.type().size;
      ByteBuffer part = results.get(i).slice(0, bytes).order(ByteOrder.nativeOrder());
      out.put(
          column.name(),
          OnnxTensor.createTensor(environment, part, column.shape(count), column.type()));
    }
    rows = count;
  }

  private void grow(int count) {
    values = buffer(count * width * Float.BYTES).asFloatBuffer();
    results.clear();
    for (Signature.Column column : signature.outputs()) {
      results.add(buffer(count * column.columns() * column.type().size));
    }
    capacity = count;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private void release() {
    rows = 0;
    in.values().forEach(OnnxTensor::close);
    out.values().forEach(OnnxTensor::close);
    in.clear();
    out.clear();
  }

  @Override
  public void close() {
    release();
  }
}
