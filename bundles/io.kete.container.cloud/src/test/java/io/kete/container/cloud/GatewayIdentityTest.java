// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

class GatewayIdentityTest {

  @TempDir Path folder;
  private final AtomicInteger gotten = new AtomicInteger();
  private final AtomicInteger released = new AtomicInteger();
  private Framework framework;
  private BundleContext context;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString()));
    framework.start();
    context = framework.getBundleContext();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  /** A component that exists once somebody asks for it, as Declarative Services make them. */
  private final class Delayed implements ServiceFactory<StatusSource> {

    private final String digest;

    Delayed(String digest) {
      this.digest = digest;
    }

    @Override
    public StatusSource getService(Bundle user, ServiceRegistration<StatusSource> registration) {
      gotten.incrementAndGet();
      return () -> new Status(List.of(), Map.of("digest", digest));
    }

    @Override
    public void ungetService(
        Bundle user, ServiceRegistration<StatusSource> registration, StatusSource service) {
      released.incrementAndGet();
    }
  }

  private ServiceRegistration<StatusSource> part(String area, String digest) {
    return context.registerService(
        StatusSource.class,
        new Delayed(digest),
        FrameworkUtil.asDictionary(Map.of(StatusSource.AREA, area)));
  }

  @Test
  void asksNoPartBeforeItsDigestsAreWanted() {
    part("route.pump", "aa");
    ServiceRegistration<StatusSource> later;
    try (GatewayIdentity identity = new GatewayIdentity(context)) {
      later = part("policy", "bb");
      assertThat(gotten).as("parts may be waiting for the one that starts").hasValue(0);

      Map<String, String> digests = identity.digests().get("kete.digests");
      assertThat(digests).containsOnlyKeys("bundles", "route", "policy");
      identity.digests();
      assertThat(gotten).hasValue(2);

      later.unregister();
      assertThat(released).hasValue(1);
      assertThat(identity.digests().get("kete.digests")).containsOnlyKeys("bundles", "route");
    }
    assertThat(released).hasValue(2);
  }
}
