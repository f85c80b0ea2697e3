// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.type.DataType;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Stands in for Kura's asset: reads all its channels of the driver that it names. */
final class DriverAsset implements Asset {

  private final BundleContext context;
  private final String driver;
  private final Map<String, Channel> channels = new LinkedHashMap<>();

  DriverAsset(BundleContext context, Map<String, Object> properties) {
    this.context = context;
    this.driver = (String) Objects.requireNonNull(properties.get("driver.pid"));
    Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
    properties.forEach(
        (key, value) -> {
          int mark = key.indexOf('#');
          if (mark > 0) {
            keys.computeIfAbsent(key.substring(0, mark), name -> new LinkedHashMap<>())
                .put(key.substring(mark + 1), value);
          }
        });
    keys.forEach((name, config) -> channels.put(name, channel(name, config)));
  }

  private static Channel channel(String name, Map<String, Object> config) {
    return new Channel(
        name,
        ChannelType.READ,
        DataType.valueOf(String.valueOf(config.get("+value.type"))),
        ScaleOffsetType.DEFINED_BY_VALUE_TYPE,
        1.0d,
        0.0d,
        config);
  }

  @Override
  public AssetConfiguration getAssetConfiguration() {
    return new AssetConfiguration("", driver, channels);
  }

  @Override
  public List<ChannelRecord> readAllChannels() throws KuraException {
    ServiceReference<Driver> reference = reference();
    List<ChannelRecord> records =
        channels.values().stream().map(Channel::createReadRecord).toList();
    try {
      context.getService(reference).read(records);
      return records;
    } catch (Driver.ConnectionException e) {
      throw new KuraException(KuraErrorCode.CONNECTION_FAILED, e);
    } finally {
      context.ungetService(reference);
    }
  }

  private ServiceReference<Driver> reference() throws KuraException {
    try {
      return context
          .getServiceReferences(Driver.class, "(kura.service.pid=" + driver + ")")
          .stream()
          .findFirst()
          .orElseThrow(() -> new KuraException(KuraErrorCode.UNAVAILABLE_DEVICE, driver));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<ChannelRecord> read(Set<String> names) throws KuraException {
    return readAllChannels();
  }

  @Override
  public void registerChannelListener(String name, ChannelListener listener) {
    // routes poll; nobody is told
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    // none is registered
  }

  @Override
  public void write(List<ChannelRecord> records) throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED, "the stand-in is for reading");
  }
}
