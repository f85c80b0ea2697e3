// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.buffer;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.buffer.h2.PlainStream;
import io.kete.data.api.Sample;
import java.util.concurrent.Semaphore;

/** Appends samples and waits until they are accepted. */
final class Appends implements AppendCallback {

  private final Stream stream;
  private final Semaphore answers = new Semaphore(0);
  private final Sample sample = PlainStream.record();

  Appends(Stream stream) {
    this.stream = stream;
  }

  /** Returns when all are accepted. */
  void batch(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      stream.append(sample, this);
    }
    answers.acquire(count);
  }

  /** Appends with at most {@code waiting} samples on their way. */
  void flow(long count, int waiting) throws InterruptedException {
    for (long i = 0; i < count; i++) {
      if (i >= waiting) {
        answers.acquire();
      }
      stream.append(sample, this);
    }
    answers.acquire((int) Math.min(count, waiting));
  }

  @Override
  public void accepted(long seq) {
    answers.release();
  }

  @Override
  public void refused(Refusal why) {
    throw new IllegalStateException(why.message());
  }
}
