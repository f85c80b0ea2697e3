// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.exit;

import org.eclipse.kura.cloudconnection.message.KuraMessage;

/** A message that is ready to be sent. */
public sealed interface Letter {

  /** About what it takes on the wire. */
  int bytes();

  /** A message that the publisher encodes. */
  record Open(KuraMessage message, int bytes) implements Letter {}

  /** Bytes for a topic. */
  @SuppressWarnings("ArrayRecordComponent") // made, sent and forgotten; never compared
  record Encoded(String topic, byte[] payload, int bytes) implements Letter {}
}
