// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * A Kura driver for one Modbus TCP device, or for the devices behind one Modbus gateway. It has no
 * thread of its own: requests run in the caller's thread, one at a time.
 */
@Component(
    name = ModbusDriver.PID,
    service = {Driver.class, ConfigurableComponent.class},
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true)
@Designate(ocd = ModbusDriverConfig.class, factory = true)
public final class ModbusDriver implements Driver, ConfigurableComponent {

  static final String PID = "io.kete.driver.modbus.ModbusDriver";

  private final ModbusSettings settings;
  private final ModbusLink link;

  /** Checks the configuration; connecting waits for the first read. */
  @Activate
  public ModbusDriver(ModbusDriverConfig config, Map<String, Object> properties) {
    this(
        ModbusSettings.of(
            String.valueOf(properties.getOrDefault(ConfigurationService.KURA_SERVICE_PID, PID)),
            config));
  }

  private ModbusDriver(ModbusSettings settings) {
    this(
        settings,
        new Backoff(
            settings.backoffMinMillis(),
            settings.backoffMaxMillis(),
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextDouble()));
  }

  ModbusDriver(ModbusSettings settings, Backoff backoff) {
    this.settings = settings;
    this.link = new ModbusLink(settings, backoff);
  }

  @Deactivate
  void stop() {
    link.close();
  }

  @Override
  public void connect() throws ConnectionException {
    link.connect();
  }

  @Override
  public void disconnect() {
    link.disconnect();
  }

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return ChannelKey::all;
  }

  @Override
  public void read(List<ChannelRecord> records) throws ConnectionException {
    new ReadPlan(records, settings).read(link);
  }

  @Override
  public PreparedRead prepareRead(List<ChannelRecord> records) {
    List<ChannelRecord> kept = List.copyOf(records);
    ReadPlan plan = new ReadPlan(kept, settings);
    return new PreparedRead() {
      @Override
      public List<ChannelRecord> execute() throws ConnectionException {
        plan.read(link);
        return kept;
      }

      @Override
      public List<ChannelRecord> getChannelRecords() {
        return kept;
      }

      @Override
      public void close() {
        // a plan holds nothing but memory
      }
    };
  }

  /**
   * Writes the records one after the other.
   *
   * @throws ConnectionException when the device cannot be reached; the records that were not
   *     written are then FAILURE
   */
  @Override
  public void write(List<ChannelRecord> records) throws ConnectionException {
    for (int i = 0; i < records.size(); i++) {
      try {
        Writer.write(records.get(i), link, settings.unitId());
      } catch (ConnectionException e) {
        long now = System.currentTimeMillis();
        records
            .subList(i, records.size())
            .forEach(record -> Slot.fail(record, String.valueOf(e.getMessage()), now));
        throw e;
      }
    }
  }

  /** Modbus devices do not report changes by themselves. */
  @Override
  public void registerChannelListener(Map<String, Object> channel, ChannelListener listener) {
    throw new UnsupportedOperationException("Modbus has no notifications; read the channel");
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    // none was ever registered
  }
}
