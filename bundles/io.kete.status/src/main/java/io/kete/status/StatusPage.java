// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import io.kete.data.api.DataDirectory;
import io.kete.data.api.StatusSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;

/** The gateway's state on the loopback address: a page, JSON, a health check and metrics. */
@Component(
    name = StatusPage.PID,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = ConfigurableComponent.class)
@Designate(ocd = StatusPageConfig.class)
public final class StatusPage implements ConfigurableComponent {
  /** The PID of the page. */
  public static final String PID = "io.kete.status.StatusPage";

  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration FRESH = Duration.ofMillis(250);

  private final Clock clock;
  private final Collector collector;
  private final FrameworkFacts framework;
  private final ProcessFacts process = new ProcessFacts(Path.of("/proc/self/status"));
  private final AtomicReference<@Nullable ServiceComponentRuntime> components =
      new AtomicReference<>();
  private final StatusServer server;
  private Optional<Report> last = Optional.empty();

  /** Opens the page on a thread of its own and returns at once. */
  @Activate
  public StatusPage(BundleContext context, StatusPageConfig config) {
    this(context, config.port(), dataDirectory(context), Clock.systemUTC(), PATIENCE);
  }

  StatusPage(BundleContext context, int port, Path data, Clock clock, Duration patience) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(PID + ": port must be between 0 and 65535");
    }
    this.clock = clock;
    this.collector = new Collector(patience);
    this.framework = new FrameworkFacts(context, () -> Optional.ofNullable(components.get()));
    this.server = new StatusServer(port, new PortFile(data), new Answers(this::report));
    server.open();
  }

  private static Path dataDirectory(BundleContext context) {
    String home = context.getProperty("kete.home");
    return DataDirectory.of(context::getProperty)
        .orElse(Path.of(home == null || home.isBlank() ? "." : home, "data"));
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addSource(StatusSource source, Map<String, Object> properties) {
    Object area = properties.get(StatusSource.AREA);
    collector.add(
        area == null ? "unnamed " + properties.get("service.id") : area.toString(), source);
  }

  void removeSource(StatusSource source) {
    collector.remove(source);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setComponents(ServiceComponentRuntime runtime) {
    components.set(runtime);
  }

  void unsetComponents(ServiceComponentRuntime runtime) {
    components.compareAndSet(runtime, null);
  }

  /**
   * The present state; asked often it is the same for a moment, so that nobody can load the gateway
   * by asking.
   */
  synchronized Report report() {
    Instant now = clock.instant();
    Optional<Report> fresh =
        last.filter(report -> Duration.between(report.time(), now).abs().compareTo(FRESH) < 0);
    if (fresh.isPresent()) {
      return fresh.get();
    }
    List<Area> areas = new ArrayList<>();
    try {
      areas.addAll(collector.collect());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    areas.add(framework.area());
    areas.add(process.area(now));
    Report report = new Report(now, areas);
    last = Optional.of(report);
    return report;
  }

  /** The port the page is on; empty until it is open. */
  Optional<Integer> port() {
    return server.port();
  }

  @Deactivate
  void close() {
    server.close();
    collector.close();
  }
}
