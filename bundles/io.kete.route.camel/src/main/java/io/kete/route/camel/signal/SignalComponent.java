// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import io.kete.route.camel.ledger.Ledgers;
import io.kete.route.camel.option.ChannelPattern;
import io.kete.route.camel.option.Options;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** Makes {@code signal:} end points. */
public final class SignalComponent extends DefaultComponent {
  private final Ledgers ledgers;
  private final StepPool pool = new StepPool();

  /** Steps tell the account of their route what they take out. */
  public SignalComponent(Ledgers ledgers) {
    this.ledgers = ledgers;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    String name = "signal:" + remaining;
    return new SignalEndpoint(uri, this, name, steps(remaining, new Options(name, parameters)));
  }

  private static Supplier<SignalStep> steps(String kind, Options options) {
    return switch (kind) {
      case "range" -> stateless(RangeStep.parse(options));
      case "quality" -> stateless(QualityStep.parse(options));
      case "deadband" -> deadband(options);
      default ->
          throw new IllegalArgumentException(
              "there is no signal:"
                  + kind
                  + "; allowed are signal:deadband, signal:quality, signal:range");
    };
  }

  private static Supplier<SignalStep> stateless(SignalStep step) {
    return () -> step;
  }

  private static Supplier<SignalStep> deadband(Options options) {
    ChannelPattern channels = new ChannelPattern(options.text("channel", "*"));
    DeadbandStep.Bound bound = DeadbandStep.parse(options);
    options.finish();
    return () -> new DeadbandStep(channels, bound);
  }

  /** Drops what steps of a route remembered, once the route is gone or its new text runs. */
  public void forget(String routeId) {
    pool.forget(routeId);
  }

  StepPool pool() {
    return pool;
  }

  Ledgers ledgers() {
    return ledgers;
  }
}
