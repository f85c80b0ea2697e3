// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.data;

import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraTimeoutException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.kura.data.transport.listener.DataTransportListener;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Moves messages to and from one broker; keeps nothing. */
@ProviderType
public interface DataTransportService {
  /**
   * Connects and waits for the outcome.
   *
   * @throws KuraConnectException when it fails
   */
  void connect() throws KuraConnectException;

  /** Whether there is a connection. */
  boolean isConnected();

  /** The broker's address; null until configured. */
  @Nullable String getBrokerUrl();

  /** What stands for {@code #account-name}; null until configured. */
  @Nullable String getAccountName();

  /** Who logs in; null when nobody. */
  @Nullable String getUsername();

  /** What stands for {@code #client-id}; null until configured. */
  @Nullable String getClientId();

  /** Disconnects after at most that many ms for messages on their way. */
  void disconnect(long quiesceTimeout);

  /**
   * Subscribes.
   *
   * @throws KuraTimeoutException when no answer came
   * @throws KuraNotConnectedException when there is no connection
   * @throws KuraException when it is refused
   */
  void subscribe(String topic, int qos)
      throws KuraTimeoutException, KuraException, KuraNotConnectedException;

  /**
   * Ends a subscription.
   *
   * @throws KuraTimeoutException when no answer came
   * @throws KuraNotConnectedException when there is no connection
   * @throws KuraException when it is refused
   */
  void unsubscribe(String topic)
      throws KuraTimeoutException, KuraException, KuraNotConnectedException;

  /**
   * Sends a message.
   *
   * @return what the confirmation will carry, or null for quality of service 0
   * @throws KuraTooManyInflightMessagesException when too many are unconfirmed
   * @throws KuraNotConnectedException when there is no connection
   * @throws KuraException when it is refused
   */
  @Nullable DataTransportToken publish(String topic, byte[] payload, int qos, boolean retain)
      throws KuraTooManyInflightMessagesException, KuraException, KuraNotConnectedException;

  /** The listener is called on the transport's threads; it must not block. */
  void addDataTransportListener(DataTransportListener listener);

  /** Nothing happens when the listener is not registered. */
  void removeDataTransportListener(DataTransportListener listener);
}
