// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

/** What a gateway says about itself; the name is the last level of the topic. */
public enum Lifecycle {
  /** First message of a connection: everything about the gateway. Starts jobs that wait for it. */
  BIRTH,
  /** The same content when only the applications changed. Starts no job. */
  APPS,
  /** The gateway leaves in good order. */
  DC,
  /** Sent by the broker when the connection broke. */
  LWT
}
