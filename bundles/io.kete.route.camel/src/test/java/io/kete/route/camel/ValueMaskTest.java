// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelLogger;
import org.apache.camel.support.DefaultExchange;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;

class ValueMaskTest {

  private final DefaultCamelContext context = new DefaultCamelContext(false);
  private final CamelLogger logger = new CamelLogger("route");

  private Exchange exchange(Object body) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(body);
    return exchange;
  }

  private static Sample sample() {
    return new Sample(
        "pump-1",
        7,
        ClockQuality.UNKNOWN,
        List.of(
            Reading.Measured.good("flow", TypedValues.newDoubleValue(12.5), "l/min", 7),
            Reading.Measured.good("total", TypedValues.newDoubleValue(112.53), "l", 7),
            Reading.Measured.good("batch", TypedValues.newStringValue("A-77"), "", 7)));
  }

  @Test
  void noValueOfTheSampleIsLeftInALogLine() {
    assertThat(new ValueMask().onLog(exchange(sample()), logger, "pump-1 12.5/112.53 of A-77"))
        .isEqualTo("pump-1 ***/*** of ***");
  }

  @Test
  void otherLogLinesStayAsTheyAre() {
    assertThat(new ValueMask().onLog(exchange("12.5"), logger, "12.5")).isEqualTo("12.5");
    assertThat(new ValueMask().onLog(exchange(sample()), logger, "polled")).isEqualTo("polled");
  }

  @Test
  void everyContextOfRoutesHasIt() {
    ContextSetup.apply(context);
    assertThat(context.getCamelContextExtension().getLogListeners())
        .anyMatch(ValueMask.class::isInstance);
  }
}
