// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelEngine;
import io.kete.model.api.ModelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Adds the inputs of a row and the number in the model's file. The file {@code NaN} gives no
 * number, {@code throws} breaks the contract, anything else that is no number is refused.
 */
public final class SumEngine implements ModelEngine {

  private final AtomicInteger loaded = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  /** Calls after close, which must never happen. */
  private final AtomicInteger late = new AtomicInteger();

  @Override
  public LoadedModel load(ModelDescriptor descriptor, ByteBuffer model) throws ModelException {
    String text = StandardCharsets.UTF_8.decode(model.duplicate()).toString();
    if (text.equals("throws")) {
      throw new IllegalStateException("broken engine");
    }
    if (!text.matches("-?[0-9.]+|NaN")) {
      throw new ModelException("the file is no number");
    }
    loaded.incrementAndGet();
    open.incrementAndGet();
    return new Sum(descriptor, Float.parseFloat(text));
  }

  public int loaded() {
    return loaded.get();
  }

  public int open() {
    return open.get();
  }

  public int late() {
    return late.get();
  }

  private final class Sum implements LoadedModel {
    private final ModelDescriptor descriptor;
    private final float number;
    private volatile boolean closed;

    Sum(ModelDescriptor descriptor, float number) {
      this.descriptor = descriptor;
      this.number = number;
    }

    @Override
    public void score(int rows, float[] inputs, float[] outputs) {
      if (closed) {
        late.incrementAndGet();
      }
      int width = descriptor.width();
      for (int row = 0; row < rows; row++) {
        float sum = number;
        for (int i = 0; i < width; i++) {
          sum += inputs[row * width + i];
        }
        outputs[row] = sum;
      }
    }

    @Override
    public void close() {
      closed = true;
      open.decrementAndGet();
    }
  }
}
