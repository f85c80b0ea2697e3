// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import io.kete.policy.api.Treatment;

/**
 * What the policy says about one channel.
 *
 * @param action what to do
 * @param why which rule said so, for reports
 */
public record Decision(Action action, String why) {

  /** The kind of action. */
  public Treatment treatment() {
    return action.treatment();
  }
}
