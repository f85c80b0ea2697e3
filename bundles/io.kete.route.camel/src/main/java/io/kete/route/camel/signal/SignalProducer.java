// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.route.camel.ledger.StepException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step of one route over each sample. The lock orders samples that a route sends here from
 * several threads.
 */
final class SignalProducer extends DefaultAsyncProducer implements RouteIdAware {
  private record Running(SignalStep step, LongAdder removed) {}

  private final SignalEndpoint endpoint;
  private String routeId = "";
  private @Nullable Running running;

  SignalProducer(SignalEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void setRouteId(String id) {
    routeId = id;
  }

  @Override
  public String getRouteId() {
    return routeId;
  }

  @Override
  protected synchronized void doStart() throws Exception {
    super.doStart();
    String uri = endpoint.getEndpointUri();
    running =
        new Running(
            endpoint.pool().claim(routeId, uri, endpoint.steps()),
            endpoint.ledgers().of(routeId).removedBy(uri.replaceFirst("^signal://", "signal:")));
  }

  @Override
  protected synchronized void doStop() throws Exception {
    Running stopped = running;
    running = null;
    if (stopped != null) {
      endpoint.pool().rest(routeId, endpoint.getEndpointUri(), stopped.step());
    }
    super.doStop();
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    if (exchange.getMessage().getBody() instanceof Sample sample) {
      filter(exchange, sample);
    } else {
      exchange.setException(
          new StepException(
              "not_a_sample", endpoint.name() + " takes samples only; let asset: begin the route"));
    }
    callback.done(true);
    return true;
  }

  private void filter(Exchange exchange, Sample sample) {
    Optional<List<Reading>> left = apply(sample);
    if (left.isEmpty()) {
      exchange.setException(new StepException("route_stopped", endpoint.name() + " is stopped"));
    } else if (left.get() != sample.readings()) {
      exchange.getMessage().setBody(sample.withReadings(left.get()));
      if (left.get().isEmpty()) {
        exchange.setRouteStop(true);
      }
    }
  }

  private synchronized Optional<List<Reading>> apply(Sample sample) {
    if (running == null) {
      return Optional.empty();
    }
    List<Reading> left = running.step().apply(sample);
    running.removed().add(sample.readings().size() - left.size());
    return Optional.of(left);
  }
}
