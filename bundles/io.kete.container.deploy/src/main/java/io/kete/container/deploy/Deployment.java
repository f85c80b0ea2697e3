// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.fetch.HttpsTrust;
import io.kete.container.deploy.fetch.Source;
import io.kete.container.deploy.install.BaseFeatures;
import io.kete.container.deploy.install.Installer;
import io.kete.container.deploy.install.Judge;
import io.kete.container.deploy.install.PackageStore;
import io.kete.container.deploy.install.SetInstaller;
import io.kete.container.deploy.install.Trials;
import io.kete.container.deploy.install.Trust;
import io.kete.container.deploy.inventory.InventoryRequests;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.container.deploy.repository.OrderFolder;
import io.kete.container.deploy.repository.Orders;
import io.kete.container.deploy.repository.RepositoryRequests;
import io.kete.container.deploy.repository.Updates;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import io.kete.kapua.codec.deploy.Operation;
import io.kete.policy.api.Verifier;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.ssl.SslManagerService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The component: gives orders from every cloud connection to one desk. Immediate, since whoever
 * looks at its status may be what an order replaces; it must not end with its last user.
 */
@Component(
    name = Deployment.PID,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {ConfigurableComponent.class, StatusSource.class},
    property = StatusSource.AREA + "=deploy")
@Designate(ocd = DeploymentConfig.class)
public final class Deployment implements ConfigurableComponent, StatusSource {

  static final String PID = "io.kete.container.deploy.Deployment";

  private static final Logger logger = LoggerFactory.getLogger(Deployment.class);
  private static final long STOP_SECONDS = 2;
  private static final long LOOK_MILLIS = 500;
  private static final String KURA_PID = "kura.service.pid";

  private final BundleContext context;
  private final PackageStore store;
  private final JobStore jobs;
  private final Downloads downloads;
  private final BaseFeatures features;
  private final Installer installer;
  private final Trials trials;
  private final OrderFolder folder;
  private final Orders orders;
  private final Notifier notifier;
  private final Desk desk;
  private final boolean unsigned;
  private final ScheduledThreadPoolExecutor worker = executor("container.deploy-1");
  private final ScheduledThreadPoolExecutor teller = executor("container.deploy-2");
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Settings settings;
  private volatile @Nullable Verifier verifier;
  private volatile @Nullable SslManagerService tls;

  /** Called by the framework. */
  @Activate
  public Deployment(
      DeploymentConfig config,
      BundleContext context,
      @Reference DeploymentAdmin admin,
      @Reference ServiceComponentRuntime runtime)
      throws IOException {
    this(Settings.of(config), context, admin, runtime);
  }

  Deployment(
      Settings settings,
      BundleContext context,
      DeploymentAdmin admin,
      ServiceComponentRuntime runtime)
      throws IOException {
    this.settings = settings;
    this.context = context;
    Path directory = directory(context);
    this.store = new PackageStore(directory, settings.maxBytes());
    this.jobs = new JobStore(directory.resolve("jobs"));
    this.downloads = new Downloads(directory.resolve("downloads"));
    this.trials = new Trials(context, directory.resolve("trial"), settings.maxBytes());
    this.features = BaseFeatures.of(home(context));
    this.unsigned = isUnsignedAllowed(context);
    Trust trust = new Trust(() -> Optional.ofNullable(verifier), unsigned);
    this.installer =
        new Installer(context, store, features, admin, trust, () -> judge(runtime), trials);
    SetInstaller sets = installer.sets(directory.resolve("set"));
    this.folder = new OrderFolder(orderFolder(directory));
    this.orders = new Orders(folder, updates(directory, sets, trust), sets, store);
    this.notifier = new Notifier(jobs, teller);
    List<Job> left = jobs.all();
    this.desk =
        new Desk(
            new Work.Means(
                jobs,
                downloads,
                installer,
                notifier,
                () -> this.settings,
                () -> new Source(new HttpsTrust(() -> Optional.ofNullable(tls)))),
            worker,
            this::holdAnnouncements,
            left);
    worker.execute(() -> begin(left));
    var unused =
        worker.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Beside the folder into which models are dropped. */
  private static Path orderFolder(Path packages) {
    return packages.resolveSibling("dropin").resolve("repository");
  }

  private Updates updates(Path packages, SetInstaller sets, Trust trust) throws IOException {
    return new Updates(
        packages.resolve("repository"),
        new Updates.Means(
            context,
            sets,
            trust,
            installer::packages,
            () -> settings.maxBytes(),
            () -> settings.repository(),
            new HttpsTrust(() -> Optional.ofNullable(tls)),
            stopped));
  }

  private void look() {
    // border: scheduled task body
    try {
      orders.look();
    } catch (IOException | RuntimeException e) {
      logger.error("repository_orders_unreadable", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Judge judge(ServiceComponentRuntime runtime) {
    return new Judge(context, runtime, settings.settle(), settings.settleLimit(), stopped);
  }

  private static Path home(BundleContext context) {
    String home = context.getProperty("kete.home");
    return Path.of(home == null ? "." : home);
  }

  private static boolean isUnsignedAllowed(BundleContext context) {
    boolean allowed = Boolean.parseBoolean(context.getProperty(Verifier.ALLOW_UNSIGNED));
    if (allowed) {
      logger.warn(
          "packages_unsigned_allowed: {}=true; anybody who can order a package can run code here",
          Verifier.ALLOW_UNSIGNED);
    }
    return allowed;
  }

  /** The cloud connection looks for a service of any type with this property. */
  @SuppressWarnings("JdkObsolete") // the framework asks for a Dictionary
  private Runnable holdAnnouncements() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("kete.announcements", "hold");
    return context.registerService(Object.class, new Object(), properties)::unregister;
  }

  private static Path directory(BundleContext context) {
    String data = context.getProperty("kete.data");
    if (data != null) {
      return Path.of(data, "packages");
    }
    File own = context.getDataFile("packages");
    return own == null ? Path.of("packages") : own.toPath();
  }

  private static ScheduledThreadPoolExecutor executor(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  private void begin(List<Job> left) {
    // border: scheduled task body
    try {
      installer.complete();
      if (orders.recover()) {
        installer.sets(store.file("").resolveSibling("set")).startAgain();
        return;
      }
      new Recovery(jobs, downloads, store, notifier, installer, trials).run(left);
      logger.info("packages_ready installed={} open_orders={}", store.all().size(), left.size());
    } catch (IOException | RefusedException | RuntimeException e) {
      logger.error("packages_not_ready", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes other limits without touching what runs. */
  @Modified
  void modified(DeploymentConfig config) {
    settings = Settings.of(config);
  }

  @Deactivate
  void deactivate() {
    stopped.countDown();
    desk.cancel();
    desk.close();
    worker.shutdownNow();
    teller.shutdown();
    try {
      if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        logger.warn("deployment_still_busy: the order ends after the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One for each cloud connection. */
  @Reference(
      name = "RequestHandlerRegistry",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRegistry(RequestHandlerRegistry registry, Map<String, Object> properties) {
    BundleOrders bundles = new BundleOrders(context, features);
    DeployRequests requests =
        new DeployRequests(
            pid(properties), notifier, desk, new Answers(context, installer), bundles);
    try {
      registry.registerRequestHandler(DeployRequests.APPLICATION, requests);
      registry.registerRequestHandler(
          RepositoryRequests.APPLICATION, new RepositoryRequests(folder, installer::packages));
      registry.registerRequestHandler(
          InventoryRequests.APPLICATION,
          new InventoryRequests(context, installer::packages, bundles::run));
    } catch (KuraException e) {
      logger.warn("request_handler_refused application={}", DeployRequests.APPLICATION, e);
    }
  }

  void unbindRegistry(RequestHandlerRegistry registry) {
    try {
      registry.unregister(DeployRequests.APPLICATION);
      registry.unregister(RepositoryRequests.APPLICATION);
      registry.unregister(InventoryRequests.APPLICATION);
    } catch (KuraException e) {
      logger.debug("request_handler_gone application={}", DeployRequests.APPLICATION, e);
    }
  }

  /** Where notifications go out. */
  @Reference(
      name = "CloudEndpoint",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindEndpoint(CloudEndpoint endpoint, Map<String, Object> properties) {
    notifier.add(pid(properties), endpoint);
  }

  void unbindEndpoint(CloudEndpoint endpoint, Map<String, Object> properties) {
    notifier.remove(pid(properties), endpoint);
  }

  /** Who checks signatures. */
  @Reference(
      name = "Verifier",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindVerifier(Verifier present) {
    verifier = present;
  }

  void unbindVerifier(Verifier gone) {
    if (verifier == gone) {
      verifier = null;
    }
  }

  /** What HTTPS trusts; without it, what Java trusts. */
  @Reference(
      name = "SslManagerService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindTls(SslManagerService present) {
    tls = present;
  }

  void unbindTls(SslManagerService gone) {
    if (tls == gone) {
      tls = null;
    }
  }

  private static String pid(Map<String, Object> properties) {
    Object pid = properties.get(KURA_PID);
    return String.valueOf(pid == null ? properties.get("component.name") : pid);
  }

  @Override
  public Status status() {
    Map<String, Object> installed = new HashMap<>();
    store.all().forEach((name, info) -> installed.put(name, info.version()));
    List<String> problems =
        unsigned
            ? List.of(
                "Unsigned packages are taken, since "
                    + Verifier.ALLOW_UNSIGNED
                    + "=true; remove it from a gateway in use")
            : List.of();
    return new Status(
        problems,
        Map.of(
            "installed", installed,
            "openOrders", desk.open(),
            "unsentEndings", notifier.unsent(),
            "installing", isInstalling()));
  }

  private boolean isInstalling() {
    return desk.current().map(work -> work.job().operation() != Operation.DOWNLOAD).orElse(false);
  }
}
