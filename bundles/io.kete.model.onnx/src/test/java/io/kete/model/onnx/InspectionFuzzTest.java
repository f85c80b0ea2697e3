// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.model.api.ModelException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InspectionFuzzTest {

  private static final int ROUNDS = 50_000;
  private static final long LIMIT = 1_000;

  @Test
  void anyBytesAreAcceptedOrRefusedButNeverFailOtherwise() {
    Random random = new Random(20_261);
    byte[] good = Graph.linear(Graph.FREE).toBytes();
    int accepted = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = good.clone();
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
      try {
        OnnxInspection.inspect(ByteBuffer.wrap(bytes, 0, length), LIMIT);
        accepted++;
      } catch (ModelException expected) {
        refused++;
      }
    }
    assertThat(accepted).isPositive();
    assertThat(refused).isPositive();
    assertThat(accepted + refused).isEqualTo(ROUNDS);
  }
}
