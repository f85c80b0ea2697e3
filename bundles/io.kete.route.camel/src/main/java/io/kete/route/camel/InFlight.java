// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultInflightRepository;

/**
 * Camel's count of the exchanges in a route, which can be waited for. An exchange takes the lock
 * only while somebody waits.
 */
final class InFlight extends DefaultInflightRepository {

  private final ReentrantLock gate = new ReentrantLock();
  private final Condition left = gate.newCondition();
  private volatile boolean awaited;

  @Override
  public void remove(Exchange exchange, String routeId) {
    super.remove(exchange, routeId);
    if (awaited) {
      gate.lock();
      try {
        left.signalAll();
      } finally {
        gate.unlock();
      }
    }
  }

  /**
   * Waits until no exchange is in a route, at most so long; gives whether it came to that. For one
   * thread at a time.
   */
  boolean awaitNone(String routeId, long nanos) throws InterruptedException {
    gate.lock();
    try {
      awaited = true;
      long rest = nanos;
      while (size(routeId) > 0 && rest > 0) {
        rest = left.awaitNanos(rest);
      }
      return size(routeId) == 0;
    } finally {
      awaited = false;
      gate.unlock();
    }
  }
}
