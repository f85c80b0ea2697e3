// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import io.kete.model.api.ModelException;

/**
 * Adds up what the tensors of a model take in memory, by their dimensions and not by the bytes that
 * are there, because ONNX Runtime makes room by the dimensions.
 */
final class TensorBounds {

  /** Largest dimension of anything a graph names; the widest window has 2^20 values. */
  private static final long MAX_DIMENSION = 1L << 24;

  /** Most values of one tensor. */
  private static final long MAX_VALUES = 1L << 26;

  private static final int WIDE_BYTES = 8;
  private static final int NARROW_BYTES = 4;

  private final long limit;
  private long total;

  /**
   * @param limit most bytes of all tensors together
   */
  TensorBounds(long limit) {
    this.limit = limit;
  }

  /** Multiplies dimensions; a negative one is refused like one that is too large. */
  static long times(long values, long dimension) throws ModelException {
    if (dimension < 0 || dimension > MAX_DIMENSION || values * dimension > MAX_VALUES) {
      throw new ModelException(
          "a tensor has the dimension "
              + dimension
              + " or more than "
              + MAX_VALUES
              + " values; a model for a gateway has to be smaller");
    }
    return values * dimension;
  }

  /** A tensor that lies in the model. */
  void add(long values, long type) throws ModelException {
    total += values * bytes(type);
    if (total > limit) {
      throw new ModelException(
          "the tensors of the model take more than the "
              + limit
              + " bytes that memoryLimitBytes allows");
    }
  }

  /** Bytes of a value by the number of its type in the format. */
  private static int bytes(long type) {
    return switch ((int) type) {
      case 2, 3, 9 -> 1; // uint8, int8, bool
      case 4, 5, 10, 16 -> 2; // uint16, int16, float16, bfloat16
      case 7, 11, 13, 14 -> WIDE_BYTES; // int64, double, uint64, complex64
      default -> NARROW_BYTES;
    };
  }
}
