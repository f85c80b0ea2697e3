// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Activator of bundles that stand still while they start; a class of each bundle. */
public final class Pausing implements BundleActivator {

  /** What a test and its bundles share: the parts of {@link Shared}, by types of the platform. */
  static final String SHARED = "kete.test.pausing";

  /** For one test. */
  record Shared(CountDownLatch entered, CountDownLatch go, Queue<String> said) {

    /** Offers it to two bundles that start at the same time. */
    static Shared offer() {
      Shared shared =
          new Shared(new CountDownLatch(2), new CountDownLatch(1), new ConcurrentLinkedQueue<>());
      System.getProperties().put(SHARED + ".entered", shared.entered());
      System.getProperties().put(SHARED + ".go", shared.go());
      System.getProperties().put(SHARED + ".said", shared.said());
      return shared;
    }

    static void takeBack() {
      System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith(SHARED));
    }
  }

  @Override
  public void start(BundleContext context) throws InterruptedException {
    shared("entered", CountDownLatch.class).countDown();
    shared("go", CountDownLatch.class).await();
    say("started", context);
  }

  @Override
  public void stop(BundleContext context) {
    say("stopped", context);
  }

  @SuppressWarnings("unchecked")
  private static void say(String what, BundleContext context) {
    ((Queue<String>) shared("said", Queue.class))
        .add(what + " " + context.getBundle().getSymbolicName());
  }

  private static <T> T shared(String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(System.getProperties().get(SHARED + "." + name)));
  }
}
