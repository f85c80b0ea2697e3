// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic with places for message properties, such as {@code A1/$assetName}. A property that a
 * message does not have stays as it is written, as in Kura; wildcards in a value become {@code _},
 * since a broker refuses them.
 */
final class TopicTemplate {

  private static final Pattern PLACE = Pattern.compile("\\$([^\\s/]+)");
  private static final int MAX_REMEMBERED = 1024;

  private final String fixed;
  private final String template;
  private final String onlyPlace;
  private final Map<Object, String> remembered = new ConcurrentHashMap<>();

  /**
   * A template.
   *
   * @param fixed begin of every topic, taken as it is
   * @param template rest of the topic; empty for none
   */
  TopicTemplate(String fixed, String template) {
    this.fixed = fixed;
    this.template = template.isEmpty() ? "" : "/" + template;
    Matcher places = PLACE.matcher(template);
    String first = places.find() ? places.group(1) : "";
    this.onlyPlace = !first.isEmpty() && !places.find() ? first : "";
  }

  /** The topic for a message. The usual template has one place, and its topics are remembered. */
  String topic(Map<String, Object> properties) {
    if (onlyPlace.isEmpty()) {
      return filled(properties);
    }
    Object value = properties.get(onlyPlace);
    if (value == null) {
      return fixed + template;
    }
    String known = remembered.get(value);
    if (known != null) {
      return known;
    }
    String made = filled(properties);
    if (value instanceof String && remembered.size() < MAX_REMEMBERED) {
      remembered.put(value, made);
    }
    return made;
  }

  private String filled(Map<String, Object> properties) {
    return fixed
        + PLACE
            .matcher(template)
            .replaceAll(
                place -> {
                  Object value = properties.get(place.group(1));
                  return Matcher.quoteReplacement(
                      value == null ? place.group() : clean(value.toString()));
                });
  }

  private static String clean(String value) {
    return value.replace('+', '_').replace('#', '_').replace('\0', '_');
  }
}
