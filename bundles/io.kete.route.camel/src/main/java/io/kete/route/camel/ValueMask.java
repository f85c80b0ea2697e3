// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import java.util.Comparator;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelLogger;
import org.apache.camel.spi.LogListener;

/**
 * The log is an exit: no value of the sample a route is working on stands in what its {@code log}
 * steps say, however the route's text asks for it. A short value hides every place where its
 * characters stand; that is meant.
 */
final class ValueMask implements LogListener {

  static final String MASK = "***";

  @Override
  public String onLog(Exchange exchange, CamelLogger logger, String message) {
    return exchange.getMessage().getBody() instanceof Sample sample
        ? masked(sample, message)
        : message;
  }

  /** Longer values first, so that no part of one is left when a shorter one stands in it. */
  private static String masked(Sample sample, String message) {
    return sample.readings().stream()
        .filter(Reading.Measured.class::isInstance)
        .map(reading -> String.valueOf(((Reading.Measured) reading).value().getValue()))
        .filter(value -> !value.isEmpty())
        .sorted(Comparator.comparingInt(String::length).reversed())
        .reduce(message, (text, value) -> text.replace(value, MASK));
  }
}
