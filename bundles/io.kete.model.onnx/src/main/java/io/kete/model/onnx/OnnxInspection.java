// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import io.kete.model.api.ModelException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Walks through the protobuf form of a model before ONNX Runtime sees it. It refuses what is not
 * whole, what is nested without end, and tensors whose data lie outside the model: ONNX Runtime
 * would read any file, or any address, that they name.
 */
final class OnnxInspection {

  private static final int MAX_DEPTH = 48;
  private static final int VARINT_BITS = 64;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /** Messages that can hold tensors, with the field numbers of those they hold. */
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE_TENSOR,
    TRAINING,
    FUNCTION
  }

  private static final Map<Message, Map<Integer, Message>> PARTS =
      Map.of(
          Message.MODEL,
          Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
          Message.GRAPH,
          Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
          Message.NODE,
          Map.of(5, Message.ATTRIBUTE),
          Message.ATTRIBUTE,
          Map.of(
              5, Message.TENSOR,
              6, Message.GRAPH,
              10, Message.TENSOR,
              11, Message.GRAPH,
              22, Message.SPARSE_TENSOR,
              23, Message.SPARSE_TENSOR),
          Message.SPARSE_TENSOR,
          Map.of(1, Message.TENSOR, 2, Message.TENSOR),
          Message.TRAINING,
          Map.of(1, Message.GRAPH, 2, Message.GRAPH),
          Message.FUNCTION,
          Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
          Message.TENSOR,
          Map.of());

  private static final int GRAPH_OF_MODEL = 7;
  private static final int EXTERNAL_DATA = 13;
  private static final int DATA_LOCATION = 14;

  private final ByteBuffer bytes;
  private boolean graph;

  private OnnxInspection(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Returns if the model is whole and holds all of its data. */
  static void inspect(ByteBuffer model) throws ModelException {
    OnnxInspection inspection = new OnnxInspection(model.slice());
    inspection.message(Message.MODEL, model.remaining(), 0);
    if (!inspection.graph) {
      throw new ModelException("the file is not an ONNX model: it has no graph");
    }
  }

  private void message(Message message, int end, int depth) throws ModelException {
    if (depth > MAX_DEPTH) {
      throw new ModelException("the model is nested deeper than " + MAX_DEPTH + " messages");
    }
    while (bytes.position() < end) {
      long tag = varint(end);
      int field = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case VARINT -> {
          long value = varint(end);
          refuseExternal(message == Message.TENSOR && field == DATA_LOCATION && value != 0);
        }
        case FIXED64 -> skip(Long.BYTES, end);
        case FIXED32 -> skip(Integer.BYTES, end);
        case BYTES -> part(message, field, end, depth);
        default -> throw broken();
      }
    }
  }

  private void part(Message message, int field, int end, int depth) throws ModelException {
    long length = varint(end);
    if (length < 0 || length > end - bytes.position()) {
      throw broken();
    }
    refuseExternal(message == Message.TENSOR && field == EXTERNAL_DATA);
    graph |= message == Message.MODEL && field == GRAPH_OF_MODEL;
    Message part = PARTS.getOrDefault(message, Map.of()).get(field);
    if (part == null) {
      skip((int) length, end);
    } else {
      message(part, bytes.position() + (int) length, depth + 1);
    }
  }

  private long varint(int end) throws ModelException {
    long value = 0;
    for (int shift = 0; shift < VARINT_BITS; shift += 7) {
      if (bytes.position() >= end) {
        throw broken();
      }
      byte next = bytes.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw broken();
  }

  private void skip(int count, int end) throws ModelException {
    if (count > end - bytes.position()) {
      throw broken();
    }
    bytes.position(bytes.position() + count);
  }

  private static void refuseExternal(boolean external) throws ModelException {
    if (external) {
      throw new ModelException("the model keeps data outside its file; store it with all weights");
    }
  }

  private ModelException broken() {
    return new ModelException(
        "the file is not an ONNX model or is cut off, at byte " + bytes.position());
  }
}
