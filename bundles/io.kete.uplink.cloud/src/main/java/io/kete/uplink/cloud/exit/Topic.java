// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.exit;

import java.util.HashMap;
import java.util.Map;

/**
 * The topic of each message, from a pattern in which {@code $name} as a level stands for a property
 * of the message. The transport puts account and client id before it. Used by one thread.
 */
final class Topic {

  private static final String PREFIX = "#account-name/#client-id/";
  private static final int MAX_REMEMBERED = 1_024;

  private final String[] levels;
  private final Map<Map<String, Object>, String> remembered = new HashMap<>();

  Topic(String pattern) {
    this.levels = pattern.split("/", -1);
  }

  String of(Map<String, Object> properties) {
    String known = remembered.get(properties);
    if (known != null) {
      return known;
    }
    StringBuilder topic = new StringBuilder(PREFIX);
    for (int i = 0; i < levels.length; i++) {
      topic.append(i == 0 ? "" : "/").append(level(levels[i], properties));
    }
    if (remembered.size() < MAX_REMEMBERED) {
      remembered.put(properties, topic.toString());
    }
    return topic.toString();
  }

  private static String level(String level, Map<String, Object> properties) {
    Object value = level.startsWith("$") ? properties.get(level.substring(1)) : null;
    return value == null ? level : clean(value.toString());
  }

  /** What a broker refuses in a topic becomes an underscore. */
  private static String clean(String value) {
    return value.replace('+', '_').replace('#', '_').replace('\0', '_');
  }
}
