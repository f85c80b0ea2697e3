// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that say in a thread dump whose they are. */
final class NamedThreads implements ThreadFactory {

  private final String name;
  private final AtomicInteger made = new AtomicInteger();

  NamedThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable body) {
    Thread thread = new Thread(body, name + "-" + made.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
