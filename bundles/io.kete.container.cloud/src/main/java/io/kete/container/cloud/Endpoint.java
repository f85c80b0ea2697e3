// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.KapuaAddress;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.message.KuraPayload;

/**
 * What publishers and subscribers of this bundle need of the cloud connection beyond Kura's
 * interfaces.
 */
public interface Endpoint extends CloudEndpoint, CloudConnectionManager {

  /** Where the gateway is found on the broker. */
  KapuaAddress address();

  /**
   * Encodes the payload in the caller's thread and sends it at once.
   *
   * @return id of the message
   * @throws org.eclipse.kura.KuraNotConnectedException when there is no connection, or BIRTH was
   *     not sent yet
   * @throws org.eclipse.kura.KuraTooManyInflightMessagesException when too many messages wait for
   *     their confirmation
   */
  int send(String topic, KuraPayload payload, int qos, boolean retain, Confirmation confirmation)
      throws KuraException;
}
