// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.descriptor.DriverDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

class DirectoryTest {

  @TempDir private Path cache;
  private Framework framework;
  private BundleContext context;

  @BeforeEach
  void start() throws BundleException {
    framework =
        new org.apache.felix.framework.FrameworkFactory()
            .newFramework(
                Map.of("org.osgi.framework.storage", cache.toString(), "felix.log.level", "1"));
    framework.start();
    context = framework.getBundleContext();
  }

  @AfterEach
  void stop() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(5000);
  }

  @Test
  void assetFollowsItsDriver() {
    WireAsset asset =
        new WireAsset(
            context,
            Map.of(
                "kura.service.pid",
                "pump-1",
                "driver.pid",
                "plc (1*)",
                "a#+type",
                "READ",
                "a#+value.type",
                "INTEGER",
                "a#address",
                "5"));
    assertThat(asset.readAllChannels()).extracting(ChannelRecord::getValue).containsOnlyNulls();
    register(Driver.class, new FakeDriver(), "plc (10)");
    assertThat(asset.readAllChannels()).extracting(ChannelRecord::getValue).containsOnlyNulls();
    FakeDriver driver = new FakeDriver();
    ServiceRegistration<Driver> registration = register(Driver.class, driver, "plc (1*)");
    assertThat(asset.readAllChannels()).extracting(ChannelRecord::getValue).doesNotContainNull();
    registration.unregister();
    assertThat(asset.readAllChannels()).extracting(ChannelRecord::getValue).containsOnlyNulls();
    assertThat(driver.closed).isEqualTo(1);
    asset.stop();
  }

  @Test
  void findsDriversAndTheirKeys() {
    DriverDirectory directory = new DriverDirectory(context);
    FakeDriver driver = new FakeDriver();
    ServiceRegistration<Driver> registration = register(Driver.class, driver, "plc");
    assertThat(directory.getDriver("plc")).isSameAs(driver);
    assertThat(directory.getDriverPid(driver)).isEqualTo("plc");
    assertThat(directory.getDriverDescriptor("plc"))
        .get()
        .extracting(DriverDescriptor::getFactoryPid, DriverDescriptor::getChannelDescriptor)
        .containsExactly("some.factory", "keys");
    registration.unregister();
    assertThat(directory.getDriver("plc")).isNull();
    assertThat(directory.listDrivers()).isEmpty();
    directory.stop();
  }

  @Test
  void findsAssets() {
    AssetDirectory directory = new AssetDirectory(context);
    WireAsset asset = new WireAsset(context, Map.of("driver.pid", "plc"));
    register(Asset.class, asset, "pump-1");
    assertThat(directory.getAsset("pump-1")).isSameAs(asset);
    assertThat(directory.getAsset("pump-2")).isNull();
    assertThat(directory.getAssetPid(asset)).isEqualTo("pump-1");
    assertThat(directory.listAssets()).containsExactly(asset);
    directory.stop();
    asset.stop();
  }

  @SuppressWarnings("JdkObsolete") // the framework takes a Dictionary only
  private <T> ServiceRegistration<T> register(Class<T> type, T service, String pid) {
    Dictionary<String, Object> properties =
        new Hashtable<>(Map.of("kura.service.pid", pid, "service.factoryPid", "some.factory"));
    return context.registerService(type, service, properties);
  }
}
