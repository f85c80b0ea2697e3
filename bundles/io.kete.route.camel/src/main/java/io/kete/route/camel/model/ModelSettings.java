// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.model;

import io.kete.model.api.Binding;
import io.kete.route.camel.option.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of one end point, checked.
 *
 * @param slot name of the slot
 * @param channels channel of the sample for each role, by role
 * @param prefix begins the names of the scores, empty for the model's own
 * @param waits whether samples wait for a model instead of passing without a score
 */
record ModelSettings(String slot, Map<String, String> channels, String prefix, boolean waits) {

  static ModelSettings parse(String slot, Options options) {
    String bind = options.text("bind", "");
    String prefix = options.text("prefix", "");
    boolean waits = options.oneOf("wait", List.of("true", "false"), "false").equals("true");
    options.finish();
    if (slot.isBlank() || slot.indexOf('/') >= 0) {
      throw options.contradiction("needs the name of a slot, as in model:pump-anomaly");
    }
    return new ModelSettings(slot, channels(bind, options), prefix, waits);
  }

  private static Map<String, String> channels(String bind, Options options) {
    Map<String, String> channels = new HashMap<>();
    for (String part : bind.split(",", -1)) {
      int colon = part.indexOf(':');
      String role = colon < 0 ? "" : part.substring(0, colon).strip();
      String channel = part.substring(colon + 1).strip();
      if (role.isEmpty() || channel.isEmpty()) {
        throw options.contradiction(
            "needs bind=role:channel,role:channel but has '" + part.strip() + "'");
      }
      if (channels.put(role, channel) != null) {
        throw options.contradiction("binds the role " + role + " twice");
      }
    }
    return channels;
  }

  Binding binding(String route) {
    return new Binding(route, channels, prefix);
  }

  /** Channel of the reading that tells that there was no slot. */
  String noneChannel(String channel) {
    return (prefix.isEmpty() ? slot + "." : prefix) + channel;
  }
}
