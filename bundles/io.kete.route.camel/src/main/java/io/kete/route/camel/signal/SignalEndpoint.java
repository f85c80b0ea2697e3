// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import io.kete.route.camel.ledger.Ledgers;
import java.util.function.Supplier;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code signal:kind}: one filter with its options. */
final class SignalEndpoint extends DefaultEndpoint {
  private final SignalComponent component;
  private final String name;
  private final Supplier<SignalStep> steps;

  SignalEndpoint(String uri, SignalComponent component, String name, Supplier<SignalStep> steps) {
    super(uri, component);
    this.component = component;
    this.name = name;
    this.steps = steps;
  }

  String name() {
    return name;
  }

  Supplier<SignalStep> steps() {
    return steps;
  }

  StepPool pool() {
    return component.pool();
  }

  Ledgers ledgers() {
    return component.ledgers();
  }

  @Override
  public Producer createProducer() {
    return new SignalProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new IllegalArgumentException(name + " is a step; use it after to");
  }
}
