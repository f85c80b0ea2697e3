// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import io.kete.container.config.Entry.Applied;
import io.kete.container.config.Entry.Refused;
import io.kete.container.config.Entry.Waiting;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.metatype.OCD;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Kura's configuration service. Every change is checked against the definitions before anything is
 * touched. Its own settings are framework properties, because it is what configures all others.
 */
@Component(
    name = SnapshotConfigurationService.PID,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.IGNORE,
    service = {ConfigurationService.class, StatusSource.class},
    property = {
      ConfigurationService.KURA_SERVICE_PID + "=" + SnapshotConfigurationService.PID,
      StatusSource.AREA + "=config"
    })
public final class SnapshotConfigurationService implements ConfigurationService, StatusSource {
  /** The PID this service has in Kura. */
  public static final String PID = "org.eclipse.kura.configuration.ConfigurationService";

  /** How long no bundle may come until what still waits for one is reported. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  /** How long a change that a console asked for waits, so that its answer leaves before it. */
  private static final Duration ANSWER_FIRST = Duration.ofMillis(500);

  private final BundleContext context;
  private final Clock clock;
  private final Problems problems = new Problems();
  private final SnapshotDirectory directory;
  private final CryptoWatch crypto;
  private final Secrets secrets;
  private final SelfConfigured selfConfigured;
  private final Configurations configurations;
  private final Seeding seeding;
  private final RequestRegistration requests;
  private final Object changing = new Object();

  /** Begins to configure the gateway on a thread of its own and returns at once. */
  @Activate
  public SnapshotConfigurationService(BundleContext context, @Reference ConfigurationAdmin admin) {
    this(context, admin, Clock.systemUTC(), QUIET);
  }

  SnapshotConfigurationService(
      BundleContext context, ConfigurationAdmin admin, Clock clock, Duration quiet) {
    Settings settings = Settings.of(context);
    this.context = context;
    this.clock = clock;
    this.directory = new SnapshotDirectory(settings.folder(), settings.kept());
    this.selfConfigured = new SelfConfigured(context);
    this.crypto = new CryptoWatch(context, this::secretsChanged);
    this.secrets = new Secrets(crypto::service);
    this.configurations =
        new Configurations(new AdminTable(admin), secrets, crypto::awaited, problems);
    this.seeding =
        new Seeding(context, directory, configurations, secrets, crypto, problems, quiet);
    RemoteConfiguration remote =
        new RemoteConfiguration(this, configurations, seeding, ANSWER_FIRST);
    this.requests =
        new RequestRegistration(
            context, ConfigurationRequests.APPLICATION, new ConfigurationRequests(remote));
    seeding.start();
    requests.open();
  }

  private void secretsChanged() {
    seeding.secretsChanged();
  }

  @Deactivate
  void close() {
    requests.close();
    seeding.close();
  }

  @Override
  public Status status() {
    return new Status(
        problems.all(),
        Map.of(
            "snapshot", seeding.current(),
            "components", configurations.count(Applied.class),
            "waiting", configurations.count(Waiting.class),
            "refused", configurations.count(Refused.class)));
  }

  @Override
  public Set<String> getFactoryComponentPids() {
    return configurations.factories();
  }

  @Override
  public Set<String> getConfigurableComponentPids() {
    Set<String> pids = new TreeSet<>();
    for (Entry entry : configurations.all()) {
      if (entry.state() instanceof Applied) {
        pids.add(entry.pid());
      }
    }
    return pids;
  }

  @Override
  public void createFactoryConfiguration(
      String factoryPid, String pid, @Nullable Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException {
    synchronized (changing) {
      if (configurations.entry(pid).isPresent()) {
        throw new KuraException(
            KuraErrorCode.INVALID_PARAMETER, "there is already a component " + Keys.shown(pid));
      }
      Map<String, Object> all = new LinkedHashMap<>();
      if (properties != null) {
        all.putAll(properties);
      }
      all.put(Keys.FACTORY_PID, factoryPid);
      make(Change.update(configurations, Map.of(pid, secrets.takenIn(all))));
      snapshotIf(takeSnapshot);
    }
  }

  @Override
  public void deleteFactoryConfiguration(String pid, boolean takeSnapshot) throws KuraException {
    synchronized (changing) {
      Optional<Entry> entry = configurations.entry(pid);
      if (entry.isEmpty() || entry.get().factoryPid() == null) {
        throw new KuraException(
            KuraErrorCode.INVALID_PARAMETER, Keys.shown(pid) + " is no instance of a factory");
      }
      delete(pid);
      snapshotIf(takeSnapshot);
    }
  }

  @Override
  public List<ComponentConfiguration> getComponentConfigurations() throws KuraException {
    List<ComponentConfiguration> views = new ArrayList<>();
    for (String pid : getConfigurableComponentPids()) {
      view(pid).ifPresent(views::add);
    }
    return views;
  }

  @Override
  public List<ComponentConfiguration> getComponentConfigurations(Filter filter)
      throws KuraException {
    Set<String> matching = new HashSet<>();
    for (ServiceReference<?> reference : componentServices()) {
      if (filter == null || filter.match(reference)) {
        matching.add(String.valueOf(reference.getProperty(Keys.KURA_PID)));
      }
    }
    List<ComponentConfiguration> views = new ArrayList<>(getComponentConfigurations());
    views.removeIf(view -> !matching.contains(view.getPid()));
    return views;
  }

  private List<ServiceReference<?>> componentServices() {
    try {
      ServiceReference<?>[] references =
          context.getAllServiceReferences(null, "(" + Keys.KURA_PID + "=*)");
      return references == null ? List.of() : List.of(references);
    } catch (InvalidSyntaxException constant) {
      throw new IllegalStateException(constant);
    }
  }

  @Override
  public @Nullable ComponentConfiguration getComponentConfiguration(String pid)
      throws KuraException {
    return view(pid).orElse(null);
  }

  private Optional<ComponentConfiguration> view(String pid) throws KuraException {
    Optional<Entry> entry = configurations.entry(pid);
    if (entry.isEmpty() || !(entry.get().state() instanceof Applied applied)) {
      return Optional.empty();
    }
    Map<String, Object> values = secrets.handedOut(applied.values());
    values.put(Keys.KURA_PID, pid);
    String factoryPid = entry.get().factoryPid();
    if (factoryPid != null) {
      values.put(Keys.FACTORY_PID, factoryPid);
    }
    return Optional.of(new ComponentView(pid, definition(entry.get()).orElse(null), values));
  }

  /** What may be set in a component. */
  Optional<OCD> definition(Entry entry) throws KuraException {
    return selfConfigured
        .definition(entry.pid())
        .or(() -> configurations.definition(entry.metatypePid()).map(Metatype::definition));
  }

  @Override
  public @Nullable ComponentConfiguration getDefaultComponentConfiguration(String pid) {
    String metatypePid = configurations.entry(pid).map(Entry::metatypePid).orElse(pid);
    return configurations
        .definition(metatypePid)
        .map(type -> new ComponentView(pid, type.definition(), Definitions.defaults(type)))
        .orElse(null);
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties) throws KuraException {
    updateConfiguration(pid, properties, true);
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException {
    updateConfigurations(List.of(new ComponentView(pid, null, properties)), takeSnapshot);
  }

  @Override
  public void updateConfigurations(List<ComponentConfiguration> configs) throws KuraException {
    updateConfigurations(configs, true);
  }

  @Override
  public void updateConfigurations(List<ComponentConfiguration> configs, boolean takeSnapshot)
      throws KuraException {
    synchronized (changing) {
      make(planned(configs));
      snapshotIf(takeSnapshot);
    }
  }

  /** What an update would do; nothing is changed. */
  Change planned(List<ComponentConfiguration> configs) {
    Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
    for (ComponentConfiguration configuration : configs) {
      Map<String, Object> given = configuration.getConfigurationProperties();
      properties.put(configuration.getPid(), given == null ? Map.of() : secrets.takenIn(given));
    }
    return Change.update(configurations, properties);
  }

  /**
   * Puts a snapshot with the change in it on the medium. The change itself has still to be made; a
   * gateway that is stopped before begins with it.
   */
  long store(Change change) throws KuraException {
    synchronized (changing) {
      return seeding.write(configurations.with(change), clock.millis());
    }
  }

  /** Makes a change whose snapshot was stored before. */
  void makeStored(Change change, long snapshot) throws KuraException {
    synchronized (changing) {
      make(change);
      if (getSnapshots().stream().anyMatch(id -> id > snapshot)) {
        // somebody else changed something in between; that snapshot lacks this change
        snapshot();
      }
    }
  }

  private void make(Change change) throws KuraException {
    if (!configurations.isSeeded()) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE, "the stored configuration has not been read yet");
    }
    if (!change.refusals().isEmpty()) {
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID, String.join("; ", change.refusals()));
    }
    seeding.reportIgnored(change);
    for (String pid : change.deleted()) {
      delete(pid);
    }
    for (Entry entry : change.entries()) {
      configurations.apply(entry);
    }
  }

  private void delete(String pid) throws KuraException {
    try {
      configurations.remove(pid);
    } catch (IOException failed) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_UPDATE, failed, Keys.shown(pid));
    }
  }

  @Override
  public Set<Long> getSnapshots() throws KuraException {
    try {
      return directory.ids();
    } catch (IOException failed) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_LISTING, failed);
    }
  }

  @Override
  public List<ComponentConfiguration> getSnapshot(long sid) throws KuraException {
    List<ComponentConfiguration> views = new ArrayList<>();
    for (StoredComponent component : stored(sid).components()) {
      Map<String, Object> values = PropertyCheck.typed(component).values();
      views.add(new ComponentView(component.pid(), null, secrets.handedOut(values)));
    }
    return views;
  }

  Snapshot stored(long id) throws KuraException {
    try {
      if (!directory.ids().contains(id)) {
        throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND, id);
      }
      return directory.read(id);
    } catch (IOException | DocumentException unreadable) {
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_SNAPSHOT_LOADING, unreadable, unreadable.getMessage());
    }
  }

  private void snapshotIf(boolean wanted) throws KuraException {
    if (wanted) {
      snapshot();
    }
  }

  @Override
  public long snapshot() throws KuraException {
    synchronized (changing) {
      if (!configurations.isSeeded()) {
        throw new KuraException(
            KuraErrorCode.CONFIGURATION_SNAPSHOT_TAKING,
            "the stored configuration has not been read yet");
      }
      return seeding.write(configurations.all(), clock.millis());
    }
  }

  @Override
  public long rollback() throws KuraException {
    synchronized (changing) {
      List<Long> ids = List.copyOf(getSnapshots());
      if (ids.size() < 2) {
        throw new KuraException(
            KuraErrorCode.CONFIGURATION_ROLLBACK, "there is no earlier snapshot");
      }
      long id = ids.get(ids.size() - 2);
      rollback(id);
      return id;
    }
  }

  @Override
  public void rollback(long id) throws KuraException {
    synchronized (changing) {
      make(Change.restore(configurations, stored(id)));
      snapshot();
    }
  }
}
