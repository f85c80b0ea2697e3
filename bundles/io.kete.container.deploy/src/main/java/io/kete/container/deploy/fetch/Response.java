// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.fetch;

import java.io.InputStream;
import java.util.Optional;

/**
 * What a server has begun to send.
 *
 * @param begin which byte of the file comes first
 * @param total length of the whole file, when the server says it
 * @param body the bytes
 * @param end breaks it off, from any thread
 */
record Response(long begin, Optional<Long> total, InputStream body, Runnable end)
    implements AutoCloseable {

  @Override
  public void close() {
    end.run();
  }
}
