// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A socket whose reads together end by a deadline, so that a device which sends one byte now and
 * then cannot hold a reader, and which counts what arrived since the deadline was set.
 */
final class DeadlineSocket extends Socket {

  private long deadline;
  private int received;
  private boolean timedOut;

  /** Begins an exchange: every read from now on ends within this time, counted from now. */
  void startExchange(int millis) {
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    received = 0;
    timedOut = false;
  }

  /** Bytes that arrived in this exchange. */
  int received() {
    return received;
  }

  /** Whether a read of this exchange ran into the deadline. */
  boolean timedOut() {
    return timedOut;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      private final byte[] one = new byte[1];

      @Override
      public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        try {
          if (millis <= 0) {
            throw new SocketTimeoutException("deadline passed");
          }
          setSoTimeout((int) millis);
          int count = super.read(buffer, offset, length);
          received += Math.max(0, count);
          return count;
        } catch (SocketTimeoutException e) {
          timedOut = true;
          throw e;
        }
      }
    };
  }
}
