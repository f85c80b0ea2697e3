// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

/** Makes a model wrong in a way that only its golden vectors show. */
final class Damage {

  private static final String WEIGHTS = "linear_sgd_weights";

  /** Bit of the sign in the last byte of a little-endian float. */
  private static final int SIGN = 0x80;

  private Damage() {}

  /** The model with the sign of the first trained weight changed. */
  static byte[] of(byte[] onnx) {
    OnnxMl.ModelProto.Builder model;
    try {
      model = OnnxMl.ModelProto.parseFrom(onnx).toBuilder();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
    for (OnnxMl.TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
      if (tensor.getName().startsWith(WEIGHTS)) {
        byte[] raw = tensor.getRawData().toByteArray();
        raw[Float.BYTES - 1] ^= (byte) SIGN;
        tensor.setRawData(ByteString.copyFrom(raw));
        return model.build().toByteArray();
      }
    }
    throw new IllegalArgumentException("the model has no tensor " + WEIGHTS);
  }
}
