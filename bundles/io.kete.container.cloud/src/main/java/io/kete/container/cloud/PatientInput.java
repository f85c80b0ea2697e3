// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Input that reports its end not earlier than half a second after it was opened, or when it is
 * closed on this side. The MQTT client starts its threads one after the other and asks every 100 ms
 * whether they run; a reader that has already ended by then would keep that question going for
 * ever.
 */
final class PatientInput extends FilterInputStream {

  private static final long NOT_BEFORE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final long opened = System.nanoTime();
  private final CountDownLatch closed;
  private final CompletableFuture<IOException> failure;

  /** Wraps an input; {@code closed} is open as long as this side has not closed. */
  PatientInput(InputStream in, CountDownLatch closed) {
    this(in, closed, new CompletableFuture<>());
  }

  /**
   * Wraps an input.
   *
   * @param failure gets the failure of reading at once, before the pause
   */
  PatientInput(InputStream in, CountDownLatch closed, CompletableFuture<IOException> failure) {
    super(in);
    this.closed = closed;
    this.failure = failure;
  }

  @Override
  public int read() throws IOException {
    try {
      return ended(in.read());
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      failure.complete(e);
      pause();
      throw e;
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return ended(in.read(bytes, from, length));
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      failure.complete(e);
      pause();
      throw e;
    }
  }

  private int ended(int result) {
    if (result < 0) {
      pause();
    }
    return result;
  }

  private void pause() {
    try {
      long rest = opened + NOT_BEFORE_NANOS - System.nanoTime();
      var unused = closed.await(Math.max(0, rest), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
