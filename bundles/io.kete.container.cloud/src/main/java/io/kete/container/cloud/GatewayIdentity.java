// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.data.api.StatusSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Digests by which two gateways that should be the same can be compared: of the bundles, and of
 * what the parts of the gateway say about the models they serve, their routes and the policy in
 * force. A part says so by a fact {@code digest} in its status, or a fact {@code serving} that
 * holds one. Equal sets have equal digests on every gateway.
 */
final class GatewayIdentity implements AutoCloseable {

  private static final String GROUP = "kete.digests";
  private static final int SHOWN_BYTES = 16;

  private final BundleContext context;
  private final ServiceTracker<StatusSource, Source> sources;

  GatewayIdentity(BundleContext context) {
    this.context = context;
    this.sources = new ServiceTracker<>(context, StatusSource.class, new Sources(context));
    sources.open();
  }

  Map<String, Map<String, String>> digests() {
    Map<String, SortedSet<String>> sets = new TreeMap<>();
    for (Source source : sources.getTracked().values()) {
      String area = source.area();
      source
          .get()
          .flatMap(service -> digest(service.status().facts()))
          .ifPresent(
              digest ->
                  sets.computeIfAbsent(set(area), name -> new TreeSet<>())
                      .add(area + "=" + digest));
    }
    sets.put("bundles", bundles());
    Map<String, String> digests = new TreeMap<>();
    sets.forEach((name, members) -> digests.put(name, digest(members)));
    return Map.of(GROUP, digests);
  }

  /** All parts of one kind make one set: {@code route.pump} belongs to {@code route}. */
  private static String set(String area) {
    int end = area.indexOf('.');
    return end < 0 ? area : area.substring(0, end);
  }

  private static Optional<String> digest(Map<?, ?> facts) {
    if (facts.get("digest") instanceof String own && !own.isEmpty()) {
      return Optional.of(own);
    }
    return facts.get("serving") instanceof Map<?, ?> serving ? digest(serving) : Optional.empty();
  }

  private SortedSet<String> bundles() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID)
        .map(GatewayIdentity::named)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String named(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  static String digest(Collection<String> sorted) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", sorted).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
    } catch (NoSuchAlgorithmException everyJreHasIt) {
      throw new IllegalStateException(everyJreHasIt);
    }
  }

  @Override
  public void close() {
    sources.close();
  }

  /**
   * Gets no service while components start: the parts that say something here may be waiting for
   * this very component.
   */
  private record Sources(BundleContext context)
      implements ServiceTrackerCustomizer<StatusSource, Source> {

    @Override
    public Source addingService(ServiceReference<StatusSource> reference) {
      return new Source(context, reference);
    }

    @Override
    public void modifiedService(ServiceReference<StatusSource> reference, Source source) {
      // its name is asked for each time
    }

    @Override
    public void removedService(ServiceReference<StatusSource> reference, Source source) {
      source.release();
    }
  }

  /**
   * A part of the gateway, gotten when it is first asked and kept until it goes. No lock is held
   * while the framework is asked: a component that goes at that moment holds one of its own.
   */
  private static final class Source {

    private final BundleContext context;
    private final ServiceReference<StatusSource> reference;
    private final AtomicReference<@Nullable StatusSource> service = new AtomicReference<>();

    Source(BundleContext context, ServiceReference<StatusSource> reference) {
      this.context = context;
      this.reference = reference;
    }

    String area() {
      return String.valueOf(reference.getProperty(StatusSource.AREA));
    }

    Optional<StatusSource> get() {
      StatusSource present = service.get();
      if (present == null) {
        present = context.getService(reference);
        if (present != null && !service.compareAndSet(null, present)) {
          context.ungetService(reference);
        }
      }
      return Optional.ofNullable(present);
    }

    void release() {
      if (service.getAndSet(null) != null) {
        context.ungetService(reference);
      }
    }
  }
}
