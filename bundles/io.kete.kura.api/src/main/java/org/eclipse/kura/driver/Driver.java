// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.driver;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One connection to devices of one protocol. A factory component with the service property {@code
 * kura.service.pid}; it connects lazily and reconnects by itself. Failures of single channels go to
 * the status of their records, failures of the connection are thrown.
 */
@ProviderType
public interface Driver {
  /** The asset's key that names its driver. */
  String DRIVER_PID_PROPERTY_NAME = "driver.pid";

  /** The device or the line cannot be reached. */
  final class ConnectionException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Without details. */
    public ConnectionException() {}

    /** With a message. */
    public ConnectionException(@Nullable String message) {
      super(message);
    }

    /** With a message and a cause. */
    public ConnectionException(@Nullable String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    /** With a cause. */
    public ConnectionException(@Nullable Throwable cause) {
      super(cause);
    }
  }

  /**
   * Connects; does nothing when connected.
   *
   * @throws ConnectionException when it fails
   */
  void connect() throws ConnectionException;

  /**
   * Disconnects; does nothing when not connected.
   *
   * @throws ConnectionException when it fails
   */
  void disconnect() throws ConnectionException;

  /** The keys this driver wants on each channel. */
  ChannelDescriptor getChannelDescriptor();

  /**
   * Reads the records in place: value, status, timestamp.
   *
   * @throws ConnectionException when the device cannot be reached
   */
  void read(List<ChannelRecord> records) throws ConnectionException;

  /**
   * Calls the listener for each value of the channel described by these keys.
   *
   * @throws ConnectionException when the device cannot be reached
   * @throws UnsupportedOperationException when the protocol has no such thing
   */
  void registerChannelListener(Map<String, Object> channelConfig, ChannelListener listener)
      throws ConnectionException;

  /**
   * Ends every registration of the listener.
   *
   * @throws ConnectionException when the device cannot be told
   * @throws UnsupportedOperationException when the protocol has no such thing
   */
  void unregisterChannelListener(ChannelListener listener) throws ConnectionException;

  /**
   * Writes the records and sets status and timestamp of each.
   *
   * @throws ConnectionException when the device cannot be reached
   */
  void write(List<ChannelRecord> records) throws ConnectionException;

  /** Parses the records' keys once, for reading them often. The caller closes the result. */
  PreparedRead prepareRead(List<ChannelRecord> records);
}
