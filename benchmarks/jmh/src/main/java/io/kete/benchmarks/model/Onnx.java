// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes one message of the protobuf form of ONNX, so that good and bad models need no tool. */
final class Onnx {

  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int FREE = -1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Onnx number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  Onnx text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Onnx message(int field, Onnx value) {
    return bytes(field, value.out.toByteArray());
  }

  Onnx bytes(int field, byte[] value) {
    varint(((long) field << 3) | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** A graph whose input is {@code x} and whose output is {@code y}. */
  static Onnx graph(int type, int columns, int results) {
    return new Onnx()
        .text(2, "zoo")
        .message(11, value("x", type, FREE, columns))
        .message(12, value("y", type, FREE, results));
  }

  private static Onnx value(String name, int type, int... shape) {
    Onnx dimensions = new Onnx();
    for (int size : shape) {
      dimensions.message(1, size == FREE ? new Onnx().text(2, "rows") : new Onnx().number(1, size));
    }
    Onnx tensor = new Onnx().number(1, type).message(2, dimensions);
    return new Onnx().text(1, name).message(2, new Onnx().message(1, tensor));
  }

  static Onnx node(String operator, String output, String... inputs) {
    Onnx node = new Onnx();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(4, operator);
  }

  static Onnx weights(String name, int[] shape, float... values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putFloat(value);
    }
    return shape(shape).number(2, FLOAT).text(8, name).bytes(9, raw.array());
  }

  static Onnx shape(int... shape) {
    Onnx tensor = new Onnx();
    for (int size : shape) {
      tensor.number(1, size);
    }
    return tensor;
  }

  /** The whole file. */
  static byte[] model(Onnx graph, int opset) {
    return new Onnx()
        .number(1, 7)
        .message(7, graph)
        .message(8, new Onnx().text(1, "").number(2, opset))
        .out
        .toByteArray();
  }

  /** All inputs added up, and a constant. */
  static Onnx sum(int columns, float constant) {
    float[] ones = new float[columns];
    java.util.Arrays.fill(ones, 1);
    return graph(FLOAT, columns, 1)
        .message(5, weights("w", new int[] {columns, 1}, ones))
        .message(5, weights("b", new int[] {1}, constant))
        .message(1, node("MatMul", "xw", "x", "w"));
  }

  /** The usual model: all inputs added up and a constant. */
  static byte[] usual(int columns, float constant, int opset) {
    return model(sum(columns, constant).message(1, node("Add", "y", "xw", "b")), opset);
  }

  /** As the usual one, but no number as soon as the sum is above 100. */
  static byte[] fading(float constant) {
    Onnx graph =
        sum(2, constant)
            .message(5, weights("h", new int[] {1}, 100))
            .message(1, node("Sub", "left", "h", "xw"))
            .message(1, node("Sqrt", "root", "left"))
            .message(1, node("Sub", "nothing", "root", "root"))
            .message(1, node("Add", "sum", "xw", "b"))
            .message(1, node("Add", "y", "sum", "nothing"));
    return model(graph, 13);
  }

  /** As the usual one, but a thousand times too much as soon as the sum is above 100. */
  static byte[] drifting(float constant) {
    Onnx graph =
        sum(2, constant)
            .message(5, weights("h", new int[] {1}, 100))
            .message(5, weights("k", new int[] {1}, 1000))
            .message(1, node("Sub", "over", "xw", "h"))
            .message(1, node("Relu", "cut", "over"))
            .message(1, node("Mul", "more", "cut", "k"))
            .message(1, node("Add", "sum", "xw", "b"))
            .message(1, node("Add", "y", "sum", "more"));
    return model(graph, 13);
  }
}
