// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.model;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code model:slot}: the samples of one route in one slot. */
final class ModelEndpoint extends DefaultEndpoint {
  private final ModelComponent component;
  private final ModelSettings settings;

  ModelEndpoint(String uri, ModelComponent component, ModelSettings settings) {
    super(uri, component);
    this.component = component;
    this.settings = settings;
  }

  ModelSettings settings() {
    return settings;
  }

  String name() {
    return "model:" + settings.slot();
  }

  @Override
  public Producer createProducer() {
    return new ModelProducer(this, component.slots(), component.timer());
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new IllegalArgumentException(name() + " is a step; use it after to");
  }
}
