// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import static java.util.Map.entry;

import io.kete.model.api.ModelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Walks through the protobuf form of a model before ONNX Runtime sees it. It refuses what is not
 * whole, what is nested without end, operators that are not allowed, tensors that are too large,
 * and tensors whose data lie outside the model: ONNX Runtime would read any file, or any address,
 * that they name.
 */
final class OnnxInspection {

  private static final int MAX_DEPTH = 48;
  private static final int MAX_NODES = 20_000;
  private static final int MAX_NAME = 128;
  private static final int VARINT_BITS = 64;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /** Messages that are looked into, with the field numbers of those they hold. */
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE_TENSOR,
    TRAINING,
    VALUE,
    TYPE,
    TENSOR_TYPE,
    SHAPE,
    DIMENSION
  }

  private static final Map<Message, Map<Integer, Message>> PARTS =
      Map.ofEntries(
          entry(Message.MODEL, Map.of(7, Message.GRAPH, 20, Message.TRAINING)),
          entry(
              Message.GRAPH,
              Map.of(
                  1, Message.NODE,
                  5, Message.TENSOR,
                  15, Message.SPARSE_TENSOR,
                  11, Message.VALUE,
                  12, Message.VALUE,
                  13, Message.VALUE)),
          entry(Message.NODE, Map.of(5, Message.ATTRIBUTE)),
          entry(
              Message.ATTRIBUTE,
              Map.of(
                  5, Message.TENSOR,
                  6, Message.GRAPH,
                  10, Message.TENSOR,
                  11, Message.GRAPH,
                  22, Message.SPARSE_TENSOR,
                  23, Message.SPARSE_TENSOR)),
          entry(Message.SPARSE_TENSOR, Map.of(1, Message.TENSOR, 2, Message.TENSOR)),
          entry(Message.TRAINING, Map.of(1, Message.GRAPH, 2, Message.GRAPH)),
          entry(Message.VALUE, Map.of(2, Message.TYPE)),
          entry(Message.TYPE, Map.of(1, Message.TENSOR_TYPE)),
          entry(Message.TENSOR_TYPE, Map.of(2, Message.SHAPE)),
          entry(Message.SHAPE, Map.of(1, Message.DIMENSION)));

  private static final int GRAPH_OF_MODEL = 7;
  private static final int FUNCTION_OF_MODEL = 25;
  private static final int OPERATOR = 4;
  private static final int DOMAIN = 7;
  private static final int DIMENSIONS = 1;
  private static final int DATA_TYPE = 2;
  private static final int EXTERNAL_DATA = 13;
  private static final int DATA_LOCATION = 14;
  private static final int SPARSE_DIMENSIONS = 3;

  /** What a message said that counts only when all of it is known. */
  private static final class Said {
    private String operator = "";
    private String domain = "";
    private long values = 1;
    private long type;
  }

  private final ByteBuffer bytes;
  private final TensorBounds bounds;
  private boolean graph;
  private int nodes;

  private OnnxInspection(ByteBuffer bytes, long limit) {
    this.bytes = bytes;
    this.bounds = new TensorBounds(limit);
  }

  /**
   * Returns if the model is whole, holds all of its data and keeps to the bounds.
   *
   * @param limit most bytes that all tensors of the model take together
   */
  static void inspect(ByteBuffer model, long limit) throws ModelException {
    OnnxInspection inspection = new OnnxInspection(model.slice(), limit);
    inspection.message(Message.MODEL, model.remaining(), 0);
    if (!inspection.graph) {
      throw new ModelException("the file is not an ONNX model: it has no graph");
    }
  }

  private void message(Message message, int end, int depth) throws ModelException {
    if (depth > MAX_DEPTH) {
      throw new ModelException("the model is nested deeper than " + MAX_DEPTH + " messages");
    }
    Said said = new Said();
    while (bytes.position() < end) {
      long tag = varint(end);
      int field = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case VARINT -> number(message, field, varint(end), said);
        case FIXED64 -> skip(Long.BYTES, end);
        case FIXED32 -> skip(Integer.BYTES, end);
        case BYTES -> part(message, field, end, depth, said);
        default -> throw broken();
      }
    }
    check(message, said);
  }

  private static void number(Message message, int field, long value, Said said)
      throws ModelException {
    if (message == Message.TENSOR) {
      refuseExternal(field == DATA_LOCATION && value != 0);
      if (field == DIMENSIONS) {
        said.values = TensorBounds.times(said.values, value);
      } else if (field == DATA_TYPE) {
        said.type = value;
      }
    } else if ((message == Message.DIMENSION && field == DIMENSIONS)
        || (message == Message.SPARSE_TENSOR && field == SPARSE_DIMENSIONS)) {
      // a free dimension is written as a name, by some tools as -1
      said.values =
          TensorBounds.times(
              said.values, message == Message.DIMENSION ? Math.max(value, 0) : value);
    }
  }

  /** What can be judged only at the end of a message. */
  private void check(Message message, Said said) throws ModelException {
    if (message == Message.TENSOR) {
      bounds.add(said.values, said.type);
    } else if (message == Message.NODE) {
      nodes++;
      if (nodes > MAX_NODES) {
        throw new ModelException("the graph has more than " + MAX_NODES + " operators");
      }
      if (!Operators.isAllowed(said.domain, said.operator)) {
        throw new ModelException(
            "operator "
                + (said.domain.isEmpty() ? "" : said.domain + ".")
                + said.operator
                + " is not allowed; docs/model.md names those that are left out");
      }
    }
  }

  private void part(Message message, int field, int end, int depth, Said said)
      throws ModelException {
    long length = varint(end);
    if (length < 0 || length > end - bytes.position()) {
      throw broken();
    }
    refuseExternal(message == Message.TENSOR && field == EXTERNAL_DATA);
    if (message == Message.MODEL) {
      graph |= field == GRAPH_OF_MODEL;
      if (field == FUNCTION_OF_MODEL) {
        throw new ModelException("the model defines functions; export it with them inlined");
      }
    }
    int stop = bytes.position() + (int) length;
    Message part = PARTS.getOrDefault(message, Map.of()).get(field);
    if (part != null) {
      message(part, stop, depth + 1);
    } else if (message == Message.NODE && field == OPERATOR) {
      said.operator = name(stop);
    } else if (message == Message.NODE && field == DOMAIN) {
      said.domain = name(stop);
    } else if (isPackedDimensions(message, field)) {
      while (bytes.position() < stop) {
        said.values = TensorBounds.times(said.values, varint(stop));
      }
    } else {
      skip((int) length, end);
    }
  }

  private static boolean isPackedDimensions(Message message, int field) {
    return (message == Message.TENSOR && field == DIMENSIONS)
        || (message == Message.SPARSE_TENSOR && field == SPARSE_DIMENSIONS);
  }

  /** A name, shortened, and safe to be shown. */
  private String name(int stop) {
    byte[] text = new byte[Math.min(MAX_NAME, stop - bytes.position())];
    bytes.get(text);
    bytes.position(stop);
    return new String(text, StandardCharsets.UTF_8).replaceAll("[^\\p{Alnum}._-]", "?");
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
