// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.data;

import java.util.List;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.KuraTimeoutException;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps messages until the transport has delivered them. */
@ProviderType
public interface DataService {
  /**
   * Connects the transport and waits for the outcome.
   *
   * @throws KuraConnectException when it fails
   */
  void connect() throws KuraConnectException;

  /** Whether messages can go out now. */
  boolean isConnected();

  /** Whether the service connects by itself. */
  boolean isAutoConnectEnabled();

  /** Seconds between attempts to connect. */
  int getRetryInterval();

  /** Disconnects after at most that many ms for messages on their way. */
  void disconnect(long quiesceTimeout);

  /**
   * Subscribes; the topic may hold {@code #account-name} and {@code #client-id}.
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
   * Stores a message for sending; 0 is the most urgent priority.
   *
   * @return the id the confirmation will carry
   * @throws KuraStoreException when it cannot be stored
   */
  int publish(String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraStoreException;

  /**
   * Stored messages not yet sent, by topic.
   *
   * @throws KuraStoreException when the store fails
   */
  List<Integer> getUnpublishedMessageIds(String topicRegex) throws KuraStoreException;

  /**
   * Messages sent and not yet confirmed, by topic.
   *
   * @throws KuraStoreException when the store fails
   */
  List<Integer> getInFlightMessageIds(String topicRegex) throws KuraStoreException;

  /**
   * Messages given up while on their way, by topic.
   *
   * @throws KuraStoreException when the store fails
   */
  List<Integer> getDroppedInFlightMessageIds(String topicRegex) throws KuraStoreException;

  /** The listener is called on the service's threads; it must not block. */
  void addDataServiceListener(DataServiceListener listener);

  /** Nothing happens when the listener is not registered. */
  void removeDataServiceListener(DataServiceListener listener);
}
