// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.type.TypedValue;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kura's asset component under Kura's PID and keys. The driver may come and go: without it every
 * channel fails with a reason. May be called from any thread; the driver is asked in the caller's
 * thread, by one caller at a time. Every call gives records of its own.
 */
@Component(
    name = WireAsset.PID,
    service = {Asset.class, ConfigurableComponent.class},
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true)
@Designate(ocd = WireAssetConfig.class, factory = true)
public final class WireAsset implements Asset, ConfigurableComponent {

  static final String PID = "org.eclipse.kura.wire.WireAsset";

  private static final Logger logger = LoggerFactory.getLogger(WireAsset.class);

  private final AssetSettings settings;
  private final AssetConfiguration configuration;
  private final DriverAccess access;
  private final Runnable release;

  /** Reads the configuration and tracks the driver from now on. */
  @Activate
  public WireAsset(BundleContext context, Map<String, Object> properties) {
    this(AssetSettings.of(properties), context);
  }

  private WireAsset(AssetSettings settings, BundleContext context) {
    this(settings, Tracked.one(context, Driver.class, settings.driverPid()));
  }

  private WireAsset(AssetSettings settings, Tracked<Driver> driver) {
    this(settings, driver::any, driver::close);
  }

  WireAsset(AssetSettings settings, Supplier<Optional<Driver>> driver, Runnable release) {
    this.settings = settings;
    this.release = release;
    this.configuration =
        new AssetConfiguration(settings.description(), settings.driverPid(), settings.channels());
    List<Channel> readable =
        settings.channels().values().stream()
            .filter(c -> refusal(c, ChannelType.READ).isEmpty())
            .toList();
    this.access = new DriverAccess(settings, driver, readable);
    settings
        .refused()
        .forEach(
            (channel, reason) ->
                logger.error(
                    "channel_refused asset={} channel=\"{}\" reason=\"{}\"",
                    settings.pid(),
                    channel,
                    reason));
  }

  @Deactivate
  void stop() {
    release.run();
    access.close();
  }

  @Override
  public AssetConfiguration getAssetConfiguration() {
    return configuration;
  }

  @Override
  public List<ChannelRecord> readAllChannels() {
    List<ChannelRecord> records = access.readAll();
    if (settings.refused().isEmpty()) {
      return records;
    }
    List<ChannelRecord> all = new ArrayList<>(records);
    settings.refused().forEach((name, reason) -> all.add(Records.failed(name, reason)));
    return all;
  }

  @Override
  public List<ChannelRecord> read(Set<String> channelNames) {
    List<ChannelRecord> records = new ArrayList<>(channelNames.size());
    List<Channel> wanted = new ArrayList<>(channelNames.size());
    for (String name : channelNames) {
      Optional<String> refusal = refusal(name, ChannelType.READ);
      if (refusal.isPresent()) {
        records.add(Records.failed(name, refusal.get()));
      } else {
        wanted.add(settings.channels().get(name));
      }
    }
    records.addAll(access.read(wanted));
    return records;
  }

  @Override
  public void write(List<ChannelRecord> channelRecords) {
    List<ChannelRecord> given = new ArrayList<>(channelRecords.size());
    List<ChannelRecord> prepared = new ArrayList<>(channelRecords.size());
    for (ChannelRecord record : channelRecords) {
      try {
        prepared.add(writeRecord(record));
        given.add(record);
      } catch (IllegalArgumentException e) {
        Records.fail(record, String.valueOf(e.getMessage()));
      }
    }
    access.write(prepared);
    for (int i = 0; i < given.size(); i++) {
      Records.copyOutcome(prepared.get(i), given.get(i));
    }
  }

  /** A record with the driver's keys; an IllegalArgumentException says why it cannot be. */
  private ChannelRecord writeRecord(ChannelRecord record) {
    Channel channel = settings.channels().get(record.getChannelName());
    String refusal = refusal(record.getChannelName(), ChannelType.WRITE).orElse("");
    if (channel == null || !refusal.isEmpty()) {
      throw new IllegalArgumentException(refusal);
    }
    TypedValue<?> value = record.getValue();
    if (value == null) {
      throw new IllegalArgumentException("there is no value to write");
    }
    return channel.createWriteRecord(value);
  }

  /** Values are polled here: listeners are refused. */
  @Override
  public void registerChannelListener(String channelName, ChannelListener listener)
      throws KuraException {
    throw new KuraException(
        KuraErrorCode.OPERATION_NOT_SUPPORTED,
        "asset " + settings.pid() + " is polled; it has no channel listeners");
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    // none was ever registered
  }

  private Optional<String> refusal(String name, ChannelType use) {
    String reason = settings.refused().get(name);
    if (reason != null) {
      return Optional.of(reason);
    }
    Channel channel = settings.channels().get(name);
    return channel == null ? Optional.of("Channel not available") : refusal(channel, use);
  }

  private static Optional<String> refusal(Channel channel, ChannelType use) {
    if (!channel.isEnabled()) {
      return Optional.of("channel is not enabled");
    }
    return channel.getType() == use || channel.getType() == ChannelType.READ_WRITE
        ? Optional.empty()
        : Optional.of("channel is " + channel.getType() + " only");
  }
}
