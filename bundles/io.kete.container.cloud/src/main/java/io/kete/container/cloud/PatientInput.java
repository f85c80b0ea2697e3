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
 * Input for the MQTT client, whose connecting thread opens it, starts three threads one after the
 * other, the reader first, and asks after each, then every 100 ms, whether it runs.
 *
 * <p>The first to read interrupts these sleeps, which the client takes as their end; without it
 * each connection would cost 300 ms. The end of the input is reported not earlier than half a
 * second after it was opened, or when it is closed on this side: a reader that has already ended
 * would keep the client's question going for ever.
 */
final class PatientInput extends FilterInputStream {

  private static final long NOT_BEFORE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LOOK_AGAIN_MILLIS = 1;

  private final long opened = System.nanoTime();
  private final Thread opener = Thread.currentThread();
  private final CountDownLatch closed;
  private final CompletableFuture<IOException> failure;
  private boolean begun;

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
    begin();
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
    begin();
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

  /** Nothing comes before the opener has sent the first message, which is its last deed. */
  private void begin() {
    if (begun || opener == Thread.currentThread()) {
      return;
    }
    begun = true;
    try {
      while (opener.isAlive() && left() > 0) {
        if (opener.getState() == Thread.State.TIMED_WAITING) {
          opener.interrupt();
        }
        opener.join(LOOK_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long left() {
    return Math.max(0, opened + NOT_BEFORE_NANOS - System.nanoTime());
  }

  private int ended(int result) {
    if (result < 0) {
      pause();
    }
    return result;
  }

  private void pause() {
    try {
      var unused = closed.await(left(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
