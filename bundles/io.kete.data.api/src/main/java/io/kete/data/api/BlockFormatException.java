// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

/** Bytes that are not a block of a known version. */
public final class BlockFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With what is wrong and where, never with the bytes themselves. */
  public BlockFormatException(String message) {
    super(message);
  }
}
