// SPDX-License-Identifier: EPL-2.0
package io.kete.onnxruntime.linux.x86_64.probe;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers a function that runs a model which changes the sign of its input. */
public final class Probe implements BundleActivator {

  private static final int FLOAT = 1;

  @Override
  public void start(BundleContext context) {
    UnaryOperator<Float> negate = Probe::run;
    context.registerService(UnaryOperator.class, negate, null);
  }

  @Override
  public void stop(BundleContext context) {
    // the framework takes the service away
  }

  private static Float run(Float value) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model());
        OnnxTensor input = OnnxTensor.createTensor(environment, new float[] {value});
        OrtSession.Result result = session.run(Map.of("x", input))) {
      return ((float[]) result.get(0).getValue())[0];
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] model() {
    byte[] node = join(text(1, "x"), text(2, "y"), text(4, "Neg"));
    byte[] graph =
        join(field(1, node), text(2, "g"), field(11, vector("x")), field(12, vector("y")));
    return join(number(1, 7), field(7, graph), field(8, join(text(1, ""), number(2, 13))));
  }

  private static byte[] vector(String name) {
    byte[] shape = field(2, field(1, number(1, 1)));
    return join(text(1, name), field(2, field(1, join(number(1, FLOAT), shape))));
  }

  private static byte[] number(int field, int value) {
    return new byte[] {(byte) (field << 3), (byte) value};
  }

  private static byte[] text(int field, String value) {
    return field(field, value.getBytes(StandardCharsets.US_ASCII));
  }

  /** All of them are shorter than 128 bytes. */
  private static byte[] field(int field, byte[] value) {
    return join(new byte[] {(byte) ((field << 3) | 2), (byte) value.length}, value);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
