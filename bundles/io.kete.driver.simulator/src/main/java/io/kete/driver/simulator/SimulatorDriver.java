// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * A Kura driver of a simulated pump. All channels of one read are measured at the same moment. It
 * has no thread and may be called from any.
 */
@Component(
    name = SimulatorDriver.PID,
    service = {Driver.class, ConfigurableComponent.class},
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true)
@Designate(ocd = SimulatorDriverConfig.class, factory = true)
public final class SimulatorDriver implements Driver, ConfigurableComponent {

  static final String PID = "io.kete.driver.simulator.SimulatorDriver";

  private static final ChannelStatus SUCCESS = new ChannelStatus(ChannelFlag.SUCCESS);
  private static final int YEAR_SECONDS = 31_536_000;

  private final PumpModel model;
  private final LongSupplier nanoTime;
  private final long start;

  /** Checks the configuration; the pump starts now. */
  @Activate
  public SimulatorDriver(SimulatorDriverConfig config, Map<String, Object> properties) {
    this(
        model(
            String.valueOf(properties.getOrDefault(ConfigurationService.KURA_SERVICE_PID, PID)),
            config.seed(),
            config.fault(),
            config.fault_after()),
        System::nanoTime);
  }

  SimulatorDriver(PumpModel model, LongSupplier nanoTime) {
    this.model = model;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  static PumpModel model(String pid, long seed, String fault, int faultAfter) {
    Fault kind =
        Fault.of(fault)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        pid
                            + ": fault must be one of "
                            + Arrays.stream(Fault.values()).map(Fault::key).toList()
                            + ", not "
                            + fault));
    if (faultAfter < 0 || faultAfter > YEAR_SECONDS) {
      throw new IllegalArgumentException(
          pid + ": fault.after must be between 0 and " + YEAR_SECONDS + ", not " + faultAfter);
    }
    return new PumpModel(seed, kind, faultAfter);
  }

  @Override
  public void connect() {
    // a simulated pump is always there
  }

  @Override
  public void disconnect() {
    // a simulated pump is always there
  }

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return SignalKey::all;
  }

  @Override
  public void read(List<ChannelRecord> records) {
    double seconds = (nanoTime.getAsLong() - start) / 1e9;
    long now = System.currentTimeMillis();
    for (ChannelRecord record : records) {
      record.setTimestamp(now);
      record.setChannelStatus(read(record, seconds));
    }
  }

  @Override
  public PreparedRead prepareRead(List<ChannelRecord> records) {
    List<ChannelRecord> kept = List.copyOf(records);
    return new PreparedRead() {
      @Override
      public List<ChannelRecord> execute() {
        read(kept);
        return kept;
      }

      @Override
      public List<ChannelRecord> getChannelRecords() {
        return kept;
      }

      @Override
      public void close() {
        // holds nothing but memory
      }
    };
  }

  /** Nothing can be written to the pump: every record fails. */
  @Override
  public void write(List<ChannelRecord> records) {
    for (ChannelRecord record : records) {
      record.setTimestamp(System.currentTimeMillis());
      record.setChannelStatus(failure("the simulated pump can only be read"));
    }
  }

  /** The pump does not report changes by itself. */
  @Override
  public void registerChannelListener(Map<String, Object> channel, ChannelListener listener) {
    throw new UnsupportedOperationException("the simulated pump has no notifications");
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    // none was ever registered
  }

  private ChannelStatus read(ChannelRecord record, double seconds) {
    Map<String, Object> keys = record.getChannelConfig();
    DataType type = record.getValueType();
    if (keys == null || type == null) {
      return failure("the channel has no configuration");
    }
    String key = String.valueOf(keys.getOrDefault(SignalKey.ID, ""));
    Signal signal = Signal.of(key).orElse(null);
    if (signal == null) {
      return failure(
          "signal must be one of "
              + Arrays.stream(Signal.values()).map(Signal::key).toList()
              + ", not "
              + key);
    }
    if (type == DataType.BOOLEAN || type == DataType.BYTE_ARRAY) {
      return failure("a signal cannot become the channel's value type " + type);
    }
    OptionalDouble value = model.value(signal, seconds);
    if (value.isEmpty()) {
      return failure("the sensor gives no signal");
    }
    record.setValue(typed(value.getAsDouble(), type));
    return SUCCESS;
  }

  private static TypedValue<?> typed(double value, DataType type) {
    return switch (type) {
      case INTEGER -> TypedValues.newIntegerValue((int) Math.round(value));
      case LONG -> TypedValues.newLongValue(Math.round(value));
      case FLOAT -> TypedValues.newFloatValue((float) value);
      case STRING -> TypedValues.newStringValue(Double.toString(value));
      case DOUBLE, BOOLEAN, BYTE_ARRAY -> TypedValues.newDoubleValue(value);
    };
  }

  private static ChannelStatus failure(String reason) {
    return new ChannelStatus(ChannelFlag.FAILURE, reason, null);
  }
}
