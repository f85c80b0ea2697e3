// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import io.kete.route.camel.ledger.Ledgers;
import io.kete.route.camel.service.Directory;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.eclipse.kura.asset.Asset;

/** {@code asset:name}: a source of samples. */
final class AssetEndpoint extends DefaultEndpoint {
  private final AssetSettings settings;
  private final AssetComponent component;

  AssetEndpoint(String uri, AssetComponent component, AssetSettings settings) {
    super(uri, component);
    this.component = component;
    this.settings = settings;
  }

  AssetSettings settings() {
    return settings;
  }

  Directory<Asset> assets() {
    return component.assets();
  }

  CaptureClock clock() {
    return component.clock();
  }

  Ledgers ledgers() {
    return component.ledgers();
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    Consumer consumer = new AssetConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new IllegalArgumentException("asset: is a source; use it after from");
  }
}
