// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.standin;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Gives each component of the seed snapshot its configuration, as Kura does, and stands in for
 * Kura's own components in it: assets and publishers.
 */
public final class StandIn implements BundleActivator {

  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  private final Map<String, Configuration> configurations = new HashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @Override
  public void start(BundleContext context) throws Exception {
    Path folder = Path.of(Objects.requireNonNull(context.getProperty("kura.snapshots")));
    Map<String, Map<String, Object>> snapshot =
        SeedSnapshot.parse(Files.readAllBytes(folder.resolve("snapshot_0.xml")));
    context.registerService(
        ConfigurationService.class,
        (ConfigurationService)
            Proxy.newProxyInstance(
                StandIn.class.getClassLoader(),
                new Class<?>[] {ConfigurationService.class},
                (proxy, method, arguments) -> call(method.getName(), arguments)),
        null);
    Map<String, Object> transport = snapshot.getOrDefault(TRANSPORT, Map.of());
    for (Map.Entry<String, Map<String, Object>> component : snapshot.entrySet()) {
      begin(context, component.getKey(), component.getValue(), transport);
    }
  }

  private void begin(
      BundleContext context,
      String pid,
      Map<String, Object> properties,
      Map<String, Object> transport)
      throws Exception {
    String factory = (String) properties.getOrDefault("service.factoryPid", pid);
    if (factory.equals("org.eclipse.kura.wire.WireAsset")) {
      context.registerService(
          Asset.class, new DriverAsset(context, properties), named(pid, Map.of()));
    } else if (factory.equals("org.eclipse.kura.cloud.publisher.CloudPublisher")) {
      Publisher publisher = new Publisher(pid, properties, transport);
      open.add(publisher);
      context.registerService(CloudPublisher.class, publisher, named(pid, Map.of()));
    } else if (!factory.startsWith("org.eclipse.kura.")) {
      configure(context, pid, factory, properties);
    }
  }

  private void configure(
      BundleContext context, String pid, String factory, Map<String, Object> properties)
      throws Exception {
    ConfigurationAdmin admin =
        context.getService(context.getServiceReference(ConfigurationAdmin.class));
    Configuration configuration =
        factory.equals(pid)
            ? admin.getConfiguration(pid, "?")
            : admin.createFactoryConfiguration(factory, "?");
    configurations.put(pid, configuration);
    configuration.update(named(pid, properties));
  }

  @SuppressWarnings("JdkObsolete") // OSGi wants a Dictionary
  private static Dictionary<String, Object> named(String pid, Map<String, Object> properties) {
    Dictionary<String, Object> all = new Hashtable<>(properties);
    all.put(ConfigurationService.KURA_SERVICE_PID, pid);
    return all;
  }

  /** Of all that Kura's service can, the one thing that scenarios ask for. */
  private String call(String method, Object[] arguments) throws Exception {
    if (!method.equals("updateConfiguration")) {
      throw new IllegalStateException("the stand-in has no " + method);
    }
    Configuration configuration =
        Objects.requireNonNull(configurations.get((String) arguments[0]), "no such component");
    Dictionary<String, Object> properties = configuration.getProperties();
    ((Map<?, ?>) arguments[1]).forEach((key, value) -> properties.put((String) key, value));
    configuration.update(properties);
    return "";
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }
}
