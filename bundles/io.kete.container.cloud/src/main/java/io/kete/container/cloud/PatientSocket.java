// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** A socket with {@link PatientInput}. */
final class PatientSocket extends Socket {

  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  public InputStream getInputStream() throws IOException {
    return new PatientInput(super.getInputStream(), closed);
  }

  @Override
  public synchronized void close() throws IOException {
    closed.countDown();
    super.close();
  }
}
