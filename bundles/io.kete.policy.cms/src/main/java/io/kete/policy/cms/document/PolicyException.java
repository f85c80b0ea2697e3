// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

/**
 * A text that is not a usable policy document. The message says where and what, and never quotes
 * more than a name.
 */
public final class PolicyException extends Exception {

  private static final long serialVersionUID = 1L;

  public PolicyException(String message) {
    super(message);
  }
}
