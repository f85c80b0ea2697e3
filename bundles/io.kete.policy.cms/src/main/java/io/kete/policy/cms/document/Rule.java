// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import java.util.Optional;

/**
 * One line of the rule table; the first rule that matches decides.
 *
 * @param name for reports
 * @param asset pattern of the asset's name
 * @param channel pattern of the channel's name
 * @param dataClass class the channel has to belong to, empty for any
 * @param action what to do
 * @param derived whether the rule also decides about values that a model derived; otherwise they
 *     inherit from their inputs
 */
public record Rule(
    String name,
    Glob asset,
    Glob channel,
    Optional<String> dataClass,
    Action action,
    boolean derived) {

  /** Whether nothing can reach the other rule when it stands behind this one. */
  boolean hides(Rule other) {
    return asset.covers(other.asset)
        && channel.covers(other.channel)
        && (dataClass.isEmpty() || dataClass.equals(other.dataClass));
  }
}
