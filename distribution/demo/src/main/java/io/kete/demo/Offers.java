// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import io.kete.demo.centre.Orders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * Has the running gateway install models with DEPLOY-V2 over the broker, one after the other, each
 * at its time. For one thread.
 */
final class Offers implements AutoCloseable {

  private final RunDirectory directory;
  private final Depot depot;
  private final Orders orders;
  private final List<String> waiting = new ArrayList<>(Plan.MODELS_OFFERED);
  private final List<String> said = new ArrayList<>();
  private String version = "";
  private Optional<Long> open = Optional.empty();

  /** With the connection to the broker, which it closes. */
  Offers(RunDirectory directory, Orders orders) throws IOException {
    this.directory = directory;
    this.orders = orders;
    this.depot = new Depot(directory.root().resolve("models"));
  }

  /** Orders the next model if it is due and the one before is decided. */
  void step(boolean due) throws IOException {
    if (open.isPresent()) {
      Optional<String> ending = orders.ending(open.get());
      if (ending.isPresent()) {
        said.add("model " + version + " " + ending.get());
        open = Optional.empty();
      }
    } else if (due && !waiting.isEmpty()) {
      version = waiting.remove(0);
      try {
        String uri = depot.uri(directory.modelPackage(version));
        open = Optional.of(orders.install(uri, ModelPackage.NAME, version));
      } catch (MqttException e) {
        throw new IOException("the order of model " + version + " does not reach the broker", e);
      }
    }
  }

  /** How many were offered so far. */
  int offered() {
    return Plan.MODELS_OFFERED.size() - waiting.size();
  }

  /** Whether the gateway has decided about all of them. */
  boolean isDone() {
    return waiting.isEmpty() && open.isEmpty();
  }

  /** What the gateway told about them. */
  List<String> said() {
    return List.copyOf(said);
  }

  @Override
  public void close() throws MqttException {
    depot.close();
    orders.close();
  }
}
