// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error what goes on beyond a limit. */
final class Limited extends FilterInputStream {

  private final long limit;
  private long count;

  Limited(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int more) throws IOException {
    count += more;
    if (count > limit) {
      throw new IOException("it has more than the " + limit + " bytes allowed");
    }
  }
}
