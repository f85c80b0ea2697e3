// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.ClientId;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.data.DataTransportService;

/** What this bundle needs of the MQTT connection beyond Kura's interface. */
public interface Transport extends DataTransportService {

  /** Account in the topics. */
  String account();

  /** Client id in the topics and on the connection. */
  ClientId clientId();

  /**
   * Hands a message to the MQTT client and returns at once.
   *
   * @param topic complete, without tokens
   * @return id of the message, unique among the last two thousand million of this transport
   * @throws org.eclipse.kura.KuraNotConnectedException when there is no session
   * @throws org.eclipse.kura.KuraTooManyInflightMessagesException when too many messages wait for
   *     their confirmation
   */
  int send(String topic, byte[] payload, int qos, boolean retain, Confirmation confirmation)
      throws KuraException;

  /** Messages handed to the client and messages confirmed, since activation. */
  Traffic traffic();

  /**
   * Counts of a transport.
   *
   * @param published handed to the MQTT client
   * @param confirmed of QoS 1 and 2, confirmed by the broker
   */
  record Traffic(long published, long confirmed) {}
}
