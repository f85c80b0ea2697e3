// SPDX-License-Identifier: EPL-2.0
package io.kete.camel.probe;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** A component from outside the Camel bundle: {@code echo:x} puts {@code x:} before the body. */
final class EchoComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String prefix, Map<String, Object> parameters) {
    return new EchoEndpoint(uri, this, prefix);
  }

  private static final class EchoEndpoint extends DefaultEndpoint {
    private final String prefix;

    EchoEndpoint(String uri, EchoComponent component, String prefix) {
      super(uri, component);
      this.prefix = prefix;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          exchange.getMessage().setBody(prefix + ":" + exchange.getMessage().getBody(String.class));
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("echo only sends");
    }
  }
}
