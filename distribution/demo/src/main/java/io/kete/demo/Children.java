// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The processes of a run. They end in reverse order, once, whoever asks first: the end of the run
 * or Ctrl-C.
 */
final class Children implements AutoCloseable {

  private final Deque<Child> running = new ArrayDeque<>();
  private boolean closed;

  /** Keeps a process that was just started; after the close it is ended at once. */
  synchronized Child add(Child child) throws IOException {
    if (closed) {
      child.close();
      throw new IOException("the demo is being stopped");
    }
    running.push(child);
    return child;
  }

  /** A process that ended by itself. */
  synchronized Optional<Child> ended() {
    return running.stream().filter(child -> !child.isAlive()).findFirst();
  }

  /** Ends one process now. */
  synchronized void end(Child child) {
    if (running.remove(child)) {
      child.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
