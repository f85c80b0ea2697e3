// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class TrackedDirectoryTest {
  private static final long STOP_MILLIS = 10_000;

  @TempDir private Path folder;
  private Framework framework;
  private BundleContext context;

  @BeforeEach
  void start() throws Exception {
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).iterator().next();
    framework = factory.newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.toString()));
    framework.start();
    context = framework.getBundleContext();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(STOP_MILLIS);
  }

  private ServiceRegistration<CharSequence> offer(String service, String name, int ranking) {
    return context.registerService(CharSequence.class, service, properties(name, ranking));
  }

  @SuppressWarnings("JdkObsolete") // the framework takes a Dictionary
  private static Hashtable<String, Object> properties(String name, int ranking) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("name", name);
    properties.put(Constants.SERVICE_RANKING, ranking);
    return properties;
  }

  @Test
  void givesTheServiceOfANameAsItComesAndGoes() {
    offer("before", "b", 0);
    try (var directory = new TrackedDirectory<>(context, CharSequence.class, "name")) {
      AtomicInteger changes = new AtomicInteger();
      Directory.Watch watch = directory.watch("a", changes::incrementAndGet);
      assertThat(directory.find("a")).isEmpty();
      assertThat(directory.find("b")).contains("before");
      ServiceRegistration<CharSequence> first = offer("first", "a", 0);
      assertThat(directory.find("a")).contains("first");
      first.unregister();
      assertThat(directory.find("a")).isEmpty();
      assertThat(changes).hasValue(2);
      watch.close();
      offer("second", "a", 0);
      assertThat(changes).hasValue(2);
      assertThat(directory.find("a")).contains("second");
    }
  }

  @Test
  void prefersTheHigherRankAndFallsBackToTheOther() {
    try (var directory = new TrackedDirectory<>(context, CharSequence.class, "name")) {
      offer("low", "a", 1);
      ServiceRegistration<CharSequence> high = offer("high", "a", 5);
      offer("lowest", "a", 0);
      assertThat(directory.find("a")).contains("high");
      high.unregister();
      assertThat(directory.find("a")).contains("low");
    }
  }

  @Test
  void followsAChangeOfName() {
    try (var directory = new TrackedDirectory<>(context, CharSequence.class, "name")) {
      ServiceRegistration<CharSequence> service = offer("service", "a", 0);
      service.setProperties(properties("b", 0));
      assertThat(directory.find("a")).isEmpty();
      assertThat(directory.find("b")).contains("service");
    }
  }

  @Test
  void followsAChangeOfRank() {
    try (var directory = new TrackedDirectory<>(context, CharSequence.class, "name")) {
      ServiceRegistration<CharSequence> first = offer("first", "a", 5);
      offer("second", "a", 1);
      AtomicInteger changes = new AtomicInteger();
      directory.watch("a", changes::incrementAndGet);
      first.setProperties(properties("a", 0));
      assertThat(directory.find("a")).contains("second");
      first.setProperties(properties("a", 0));
      assertThat(changes).hasValue(1);
    }
  }

  @Test
  void aServiceThatCannotBeMadeIsNotThere() {
    try (var directory = new TrackedDirectory<>(context, CharSequence.class, "name")) {
      context.registerService(CharSequence.class, new Broken(), properties("a", 5));
      assertThat(directory.find("a")).isEmpty();
      offer("second", "a", 0);
      assertThat(directory.find("a")).contains("second");
    }
  }

  private static final class Broken implements ServiceFactory<CharSequence> {
    @Override
    public CharSequence getService(Bundle user, ServiceRegistration<CharSequence> registration) {
      throw new IllegalStateException("as the test wants it");
    }

    @Override
    public void ungetService(
        Bundle user, ServiceRegistration<CharSequence> registration, CharSequence service) {
      // there is none
    }
  }

  @Test
  void neverKeepsOneThatWentWhileItsSuccessorCame() throws Exception {
    ExecutorService leaving = Executors.newSingleThreadExecutor();
    try (var directory = new TrackedDirectory<>(context, CharSequence.class, "name")) {
      // the more there are to look at, the more often the two meet
      IntStream.range(0, 300).forEach(i -> offer("other", "other " + i, 0));
      for (int i = 0; i < 1_000; i++) {
        String successor = "successor " + i;
        ServiceRegistration<CharSequence> old = offer("old " + i, "a", 1);
        CyclicBarrier together = new CyclicBarrier(2);
        Future<?> left =
            leaving.submit(
                () -> {
                  together.await();
                  old.unregister();
                  return null;
                });
        together.await();
        ServiceRegistration<CharSequence> next = offer(successor, "a", 0);
        left.get(STOP_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(directory.find("a")).contains(successor);
        next.unregister();
        assertThat(directory.find("a")).isEmpty();
      }
    } finally {
      leaving.shutdownNow();
    }
  }
}
