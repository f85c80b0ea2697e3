// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

/** A request that cannot be carried out as it stands; the message says what to correct. */
public final class BadOrderException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With a sentence for the operator. */
  public BadOrderException(String message) {
    super(message);
  }
}
