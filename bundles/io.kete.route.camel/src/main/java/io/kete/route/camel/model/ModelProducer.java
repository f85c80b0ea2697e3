// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.model;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.ModelSlot;
import io.kete.model.api.Scorer;
import io.kete.route.camel.buffer.Timer;
import io.kete.route.camel.ledger.StepException;
import io.kete.route.camel.ledger.Ticket;
import io.kete.route.camel.service.Directory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Scores each sample of one route, in order. The lock orders samples that a route sends here from
 * several threads, and those that waited before those that come.
 */
final class ModelProducer extends DefaultAsyncProducer implements RouteIdAware {
  private record Open(ModelSlot slot, Scorer scorer, ModelSlot.Watch watch) {}

  private final ModelEndpoint endpoint;
  private final ModelSettings settings;
  private final Directory<ModelSlot> slots;
  private final Timer timer;
  private final Queue<Held> held = new ArrayDeque<>();
  private String routeId = "";
  private boolean running;

  /** Samples that waited are going on one by one; those that come now go behind them. */
  private boolean releasing;

  private String problem = "";
  private @Nullable Open open;
  private Directory.@Nullable Watch watch;

  ModelProducer(ModelEndpoint endpoint, Directory<ModelSlot> slots, Timer timer) {
    super(endpoint);
    this.endpoint = endpoint;
    this.settings = endpoint.settings();
    this.slots = slots;
    this.timer = timer;
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
  protected void doStart() throws Exception {
    super.doStart();
    synchronized (this) {
      running = true;
      watch = slots.watch(settings.slot(), this::changed);
    }
    follow();
  }

  @Override
  protected void doStop() throws Exception {
    List<Held> left;
    synchronized (this) {
      running = false;
      if (watch != null) {
        watch.close();
      }
      release();
      left = new ArrayList<>(held);
      held.clear();
    }
    for (Held one : left) {
      one.exchange()
          .setException(
              new StepException(
                  "route_stopped", "the route stopped while the sample waited for a model"));
      one.callback().done(false);
    }
    super.doStop();
  }

  /** Slot or model came or went; the caller must not be kept. */
  private void changed() {
    timer.after(0, this::follow);
  }

  /** Opens what is there now, then lets go of those who waited, in order. */
  private void follow() {
    synchronized (this) {
      if (running) {
        adopt(slots.find(settings.slot()).orElse(null));
      }
    }
    for (Held next = ready(); next != null; next = ready()) {
      next.callback().done(false);
    }
  }

  private void adopt(@Nullable ModelSlot slot) {
    if (open != null && open.slot() != slot) {
      release();
    }
    if (open == null && slot != null) {
      open = new Open(slot, slot.open(settings.binding(routeId)), slot.watch(this::changed));
    }
  }

  private void release() {
    if (open != null) {
      open.watch().close();
      open.scorer().close();
      open = null;
    }
  }

  /** The next one that need not wait any more, scored. */
  private synchronized @Nullable Held ready() {
    releasing = !held.isEmpty() && hasModel();
    if (!releasing) {
      return null;
    }
    Held next = held.remove();
    tell(next.exchange(), "");
    next.exchange().getMessage().setBody(scored(next.sample()));
    return next;
  }

  private boolean hasModel() {
    return open != null && open.slot().state().serving().isPresent();
  }

  private Sample scored(Sample sample) {
    return open == null ? unscored(sample) : open.scorer().score(List.of(sample)).get(0);
  }

  /** Nobody is there who could tell that there is no model. */
  private Sample unscored(Sample sample) {
    String channel = settings.noneChannel(Scorer.NONE);
    List<Reading> readings = new ArrayList<>(sample.readings());
    readings.removeIf(reading -> reading.channel().equals(channel));
    readings.add(new Reading.Failed(channel, "none", sample.timeMillis()));
    return sample.withReadings(readings);
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    if (!(exchange.getMessage().getBody() instanceof Sample sample)) {
      exchange.setException(
          new StepException(
              "not_a_sample", endpoint.name() + " takes samples only; let asset: begin the route"));
      callback.done(true);
      return true;
    }
    if (isHeld(exchange, callback, sample)) {
      return false;
    }
    callback.done(true);
    return true;
  }

  /** Scores it at once, or keeps it. */
  private synchronized boolean isHeld(Exchange exchange, AsyncCallback callback, Sample sample) {
    if (!running) {
      exchange.setException(new StepException("route_stopped", endpoint.name() + " is stopped"));
      return false;
    }
    if (settings.waits() && (releasing || !held.isEmpty() || !hasModel())) {
      held.add(new Held(exchange, callback, sample));
      tell(exchange, "samples wait for a model in slot " + settings.slot() + "; install one");
      return true;
    }
    tell(
        exchange,
        open == null
            ? "there is no slot " + settings.slot() + ", samples pass without a score; configure it"
            : "");
    exchange.getMessage().setBody(scored(sample));
    return false;
  }

  /** Shows a change in the status of the route. */
  private void tell(Exchange exchange, String sentence) {
    if (!sentence.equals(problem)) {
      problem = sentence;
      Ticket.of(exchange)
          .ifPresent(
              ticket -> {
                if (sentence.isEmpty()) {
                  ticket.ledger().clear(endpoint.name());
                } else {
                  ticket.ledger().raise(endpoint.name(), sentence);
                }
              });
    }
  }
}
