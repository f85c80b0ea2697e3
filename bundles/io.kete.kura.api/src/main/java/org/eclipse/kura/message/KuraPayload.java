// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The content of one message. Metrics are named values of type Double, Float, Long, Integer,
 * Boolean, String or byte[]; a null metric is kept here and dropped when the message is encoded.
 * Not safe for several threads. Date and body are shared, not copied.
 */
@ProviderType
public class KuraPayload {
  private final Map<String, @Nullable Object> metrics = new HashMap<>();
  private @Nullable Date timestamp;
  private @Nullable KuraPosition position;
  private byte @Nullable [] body;

  /** When the content was taken; null when not said. */
  public @Nullable Date getTimestamp() {
    return timestamp;
  }

  /** Sets when the content was taken. */
  public void setTimestamp(@Nullable Date timestamp) {
    this.timestamp = timestamp;
  }

  /** Where the content was taken; null when not said. */
  public @Nullable KuraPosition getPosition() {
    return position;
  }

  /** Sets where the content was taken. */
  public void setPosition(@Nullable KuraPosition position) {
    this.position = position;
  }

  /** The metric of that name, or null. */
  public @Nullable Object getMetric(String name) {
    return metrics.get(name);
  }

  /** Adds or replaces a metric. */
  public void addMetric(String name, @Nullable Object value) {
    metrics.put(name, value);
  }

  /** Removes a metric; nothing happens when there is none. */
  public void removeMetric(String name) {
    metrics.remove(name);
  }

  /** Removes every metric. */
  public void removeAllMetrics() {
    metrics.clear();
  }

  /** A read-only view of the names. */
  public Set<String> metricNames() {
    return Collections.unmodifiableSet(metrics.keySet());
  }

  /** The names, one after the other; removing through the iterator removes the metric. */
  public Iterator<String> metricsIterator() {
    return metrics.keySet().iterator();
  }

  /** A read-only view of the metrics. */
  public Map<String, @Nullable Object> metrics() {
    return Collections.unmodifiableMap(metrics);
  }

  /** The body; null when there is none. */
  public byte @Nullable [] getBody() {
    return body;
  }

  /** Sets the body; null for none. */
  public void setBody(byte @Nullable [] body) {
    this.body = body;
  }
}
