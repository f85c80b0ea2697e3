// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

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
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.type.DataType;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Stands in for Kura's asset: reads one channel of the driver that is called {@code sim}. */
final class Pump implements Asset {

  static final String CHANNEL = "counter";
  private static final Channel COUNTER =
      new Channel(
          CHANNEL,
          ChannelType.READ,
          DataType.LONG,
          ScaleOffsetType.DEFINED_BY_VALUE_TYPE,
          1L,
          0L,
          Map.of("+name", CHANNEL, "+value.type", "LONG", "signal", CHANNEL));

  private final BundleContext context;

  Pump(BundleContext context) {
    this.context = context;
  }

  @Override
  public AssetConfiguration getAssetConfiguration() {
    return new AssetConfiguration("", "sim", Map.of(CHANNEL, COUNTER));
  }

  @Override
  public List<ChannelRecord> read(Set<String> channelNames) throws KuraException {
    return readAllChannels();
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<ChannelRecord> readAllChannels() throws KuraException {
    ServiceReference<Driver> reference = driver();
    Driver driver = context.getService(reference);
    try {
      // as Kura's asset does; a driver that describes its channels otherwise fails here
      Object descriptor = Objects.requireNonNull(driver.getChannelDescriptor().getDescriptor());
      for (Tad key : (List<Tad>) descriptor) {
        key.getId();
      }
      ChannelRecord record = COUNTER.createReadRecord();
      driver.read(List.of(record));
      return List.of(record);
    } catch (Driver.ConnectionException | RuntimeException e) {
      throw new KuraException(KuraErrorCode.CONNECTION_FAILED, e);
    } finally {
      context.ungetService(reference);
    }
  }

  private ServiceReference<Driver> driver() throws KuraException {
    try {
      return context.getServiceReferences(Driver.class, "(kura.service.pid=sim)").stream()
          .findFirst()
          .orElseThrow(() -> new KuraException(KuraErrorCode.UNAVAILABLE_DEVICE, "sim"));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void registerChannelListener(String channelName, ChannelListener channelListener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unregisterChannelListener(ChannelListener channelListener) {
    // none was ever registered
  }

  @Override
  public void write(List<ChannelRecord> channelRecords) {
    throw new UnsupportedOperationException();
  }
}
