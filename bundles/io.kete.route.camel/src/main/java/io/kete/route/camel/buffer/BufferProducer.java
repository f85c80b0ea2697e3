// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.buffer;

import io.kete.data.api.Sample;
import io.kete.route.camel.ledger.StepException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Hands samples to the lane of a stream; the exchange goes on when the stream has answered. */
final class BufferProducer extends DefaultAsyncProducer {
  private final Lane lane;

  BufferProducer(BufferEndpoint endpoint, Lane lane) {
    super(endpoint);
    this.lane = lane;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    if (exchange.getMessage().getBody() instanceof Sample sample) {
      lane.submit(new Pending(lane, exchange, callback, sample));
      return false;
    }
    exchange.setException(
        new StepException(
            "not_a_sample", "buffer: takes samples only; let asset: begin the route"));
    callback.done(true);
    return true;
  }
}
