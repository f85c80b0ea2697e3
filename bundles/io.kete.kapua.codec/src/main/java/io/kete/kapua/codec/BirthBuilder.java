// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.kura.message.KuraPayload;

/**
 * Builds the payload of BIRTH and APPS so that Kapua takes it: a metric that is not a text, or one
 * text too long, and Kapua loses the whole message. So everything is a STRING, and what is too long
 * is shortened or left out.
 */
public final class BirthBuilder {

  private final Map<BirthMetric, String> metrics = new EnumMap<>(BirthMetric.class);
  private String extendedProperties = "";

  /** Sets a metric; an empty text leaves it out. */
  public BirthBuilder set(BirthMetric metric, String value) {
    metrics.put(metric, value);
    return this;
  }

  /**
   * Sets a metric that is a list; Kapua splits at the comma and does not trim, so blanks around
   * items are removed.
   */
  public BirthBuilder set(BirthMetric metric, Collection<String> items) {
    return set(
        metric,
        items.stream()
            .map(String::strip)
            .filter(i -> !i.isEmpty())
            .collect(Collectors.joining(",")));
  }

  /** Sets the extended properties: group, name, value. */
  public BirthBuilder extendedProperties(Map<String, Map<String, String>> groups) {
    extendedProperties = groups.isEmpty() ? "" : ExtendedProperties.json(groups);
    return this;
  }

  /** The payload, taken at the given time. */
  public KuraPayload build(Instant time) {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(Date.from(time));
    metrics.forEach(
        (metric, value) -> {
          String fitted = metric.fitted(value);
          if (!fitted.isEmpty() || metric == BirthMetric.ACCEPT_ENCODING) {
            payload.addMetric(metric.metric(), fitted);
          }
        });
    if (!extendedProperties.isEmpty()) {
      payload.addMetric("extended_properties", extendedProperties);
    }
    return payload;
  }
}
