// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A socket that reports its end not earlier than half a second after it was opened. The MQTT client
 * starts its threads one after the other and asks every 100 ms whether they run; a reader that has
 * already ended by then would keep that question going for ever.
 */
final class PatientSocket extends Socket {

  private static final long NOT_BEFORE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private volatile long opened = System.nanoTime();

  @Override
  public InputStream getInputStream() throws IOException {
    opened = System.nanoTime();
    return new Patient(super.getInputStream());
  }

  private void pause() {
    long rest = opened + NOT_BEFORE_NANOS - System.nanoTime();
    while (rest > 0) {
      LockSupport.parkNanos(rest);
      rest = opened + NOT_BEFORE_NANOS - System.nanoTime();
    }
  }

  private final class Patient extends FilterInputStream {

    Patient(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return ended(in.read());
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
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
  }
}
