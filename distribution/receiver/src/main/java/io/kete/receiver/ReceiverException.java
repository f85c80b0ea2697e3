// SPDX-License-Identifier: EPL-2.0
package io.kete.receiver;

/** Something that was received cannot be read. The message holds no content and no key. */
public final class ReceiverException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What a caller can tell apart. */
  public enum Reason {
    /** The private key or its store cannot be read. */
    BAD_KEY,
    /** A key envelope was changed on its way, or is none. */
    DAMAGED_KEY_ENVELOPE,
    /** A key envelope is for other recipients. */
    NOT_FOR_US,
    /** The key of the epoch is not (or no longer) on the key ring. */
    UNKNOWN_EPOCH,
    /** A sealed block was changed on its way, or is none. */
    DAMAGED_BLOCK,
    /** A sealed block is genuine, but not the one its header in clear says. */
    WRONG_HEADER
  }

  private final Reason reason;

  ReceiverException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What kind of failure it is. */
  public Reason reason() {
    return reason;
  }
}
