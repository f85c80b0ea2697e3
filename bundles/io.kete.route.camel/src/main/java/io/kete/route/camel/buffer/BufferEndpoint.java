// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.buffer;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code buffer:stream}: the end of a route. */
final class BufferEndpoint extends DefaultEndpoint {
  private final Lane lane;

  BufferEndpoint(String uri, BufferComponent component, Lane lane) {
    super(uri, component);
    this.lane = lane;
  }

  @Override
  public Producer createProducer() {
    return new BufferProducer(this, lane);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new IllegalArgumentException("buffer: is a step; use it after to");
  }
}
