// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelEngine;
import io.kete.model.api.ModelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Adds the inputs of a row and the number in the model's file. The file {@code NaN} gives no
 * number, {@code throws} breaks the contract, {@code hangs} does not end before it is released,
 * anything else that is no number is refused. Behind a number and a semicolon may stand what
 * happens to rows whose sum is above 50: {@code nan}, {@code wild} or {@code fails}.
 */
public final class SumEngine implements ModelEngine {

  private static final float LIMIT = 50;

  private final AtomicInteger loaded = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger open = new AtomicInteger();

  /** Calls after close, which must never happen. */
  private final AtomicInteger late = new AtomicInteger();

  @Override
  public LoadedModel load(ModelDescriptor descriptor, ByteBuffer model) throws ModelException {
    String text = StandardCharsets.UTF_8.decode(model.duplicate()).toString();
    if (text.equals("throws")) {
      throw new IllegalStateException("broken engine");
    }
    if (text.equals("hangs")) {
      hang();
    }
    if (!text.matches("-?[0-9.]+(;[a-z]+)?|NaN")) {
      throw new ModelException("the file is no number");
    }
    loaded.incrementAndGet();
    open.incrementAndGet();
    String[] parts = text.split(";", 2);
    return new Sum(descriptor, Float.parseFloat(parts[0]), parts.length == 2 ? parts[1] : "");
  }

  private void hang() throws ModelException {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new ModelException("interrupted", e);
    }
  }

  /** Lets loads end that hang. */
  public void release() {
    released.countDown();
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
    private final String weakness;
    private volatile boolean closed;

    Sum(ModelDescriptor descriptor, float number, String weakness) {
      this.descriptor = descriptor;
      this.number = number;
      this.weakness = weakness;
    }

    @Override
    public void score(int rows, float[] inputs, float[] outputs) throws ModelException {
      if (closed) {
        late.incrementAndGet();
      }
      int width = descriptor.width();
      for (int row = 0; row < rows; row++) {
        float sum = number;
        for (int i = 0; i < width; i++) {
          sum += inputs[row * width + i];
        }
        outputs[row] = sum > LIMIT ? weak(sum) : sum;
      }
    }

    private float weak(float sum) throws ModelException {
      return switch (weakness) {
        case "nan" -> Float.NaN;
        case "wild" -> sum + 1_000_000;
        case "fails" -> throw new ModelException("it cannot");
        default -> sum;
      };
    }

    @Override
    public void close() {
      closed = true;
      open.decrementAndGet();
    }
  }
}
