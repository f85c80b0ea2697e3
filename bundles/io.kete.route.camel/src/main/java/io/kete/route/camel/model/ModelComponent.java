// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.model;

import io.kete.model.api.ModelSlot;
import io.kete.route.camel.buffer.Timer;
import io.kete.route.camel.option.Options;
import io.kete.route.camel.service.Directory;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** Makes {@code model:} end points. */
public final class ModelComponent extends DefaultComponent {
  private final Directory<ModelSlot> slots;
  private final Timer timer;

  /** Slots may come and go; samples pass without a score or wait, as each end point says. */
  public ModelComponent(Directory<ModelSlot> slots, Timer timer) {
    this.slots = slots;
    this.timer = timer;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    Options options = new Options("model:" + remaining, parameters);
    return new ModelEndpoint(uri, this, ModelSettings.parse(remaining, options));
  }

  Directory<ModelSlot> slots() {
    return slots;
  }

  Timer timer() {
    return timer;
  }
}
