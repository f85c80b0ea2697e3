// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration of a gateway, as a test changes it before the gateway starts. */
final class Plan {

  static final String GATEWAY = "itest-gateway";
  static final String ACCOUNT = "itest";
  static final String POLICY = "io.kete.policy.cms.CmsPolicy";
  static final String ROUTE = "io.kete.route.camel.CamelRoute";
  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
  private static final String DATA = "org.eclipse.kura.data.DataService";
  private static final String CLOUD = "org.eclipse.kura.cloud.CloudService";

  private final Snapshot snapshot = new Snapshot();

  /** A device and all its channels. */
  Plan device(String pid, String asset, int port) {
    snapshot.instance(
        "io.kete.driver.modbus.ModbusDriver",
        pid,
        properties(
            "host", "127.0.0.1",
            "port", port,
            "response.timeout", 5000,
            "backoff.min", 200,
            "backoff.max", 1000));
    Map<String, Object> channels = new LinkedHashMap<>();
    channels.put("driver.pid", pid);
    channel(channels, "coil5", "COIL", "5", "BOOLEAN", "BOOLEAN");
    channel(channels, "contact2", "DISCRETE_INPUT", "2", "BOOLEAN", "BOOLEAN");
    channel(channels, "serial", "HOLDING_REGISTER", "0", "UINT32", "LONG");
    channel(channels, "int16", "HOLDING_REGISTER", "2", "INT16", "INTEGER");
    channel(channels, "uint16", "HOLDING_REGISTER", "3", "UINT16", "INTEGER");
    channel(channels, "int32", "HOLDING_REGISTER", "4", "INT32", "INTEGER");
    channel(channels, "int64", "HOLDING_REGISTER", "6", "INT64", "LONG");
    channel(channels, "float32", "HOLDING_REGISTER", "10", "FLOAT32", "FLOAT");
    channel(channels, "float64", "HOLDING_REGISTER", "12", "FLOAT64", "DOUBLE");
    channel(channels, "swapped", "HOLDING_REGISTER", "16", "INT32", "INTEGER");
    channels.put("swapped#word.order", "LITTLE");
    channel(channels, "bit", "HOLDING_REGISTER", "18", "BOOLEAN", "BOOLEAN");
    channels.put("bit#bit", "3");
    channel(channels, "step", "HOLDING_REGISTER", "19", "INT16", "INTEGER");
    channel(channels, "canary", "HOLDING_REGISTER", "20", "INT64", "LONG");
    channel(channels, "canaryText", "HOLDING_REGISTER", "24", "STRING", "STRING");
    channels.put("canaryText#length", "8");
    channel(channels, "lantern", "HOLDING_REGISTER", "32", "INT64", "LONG");
    channel(channels, "lanternText", "HOLDING_REGISTER", "36", "STRING", "STRING");
    channels.put("lanternText#length", "8");
    channel(channels, "inputSerial", "INPUT_REGISTER", "0", "UINT32", "LONG");
    channel(channels, "inputTriple", "INPUT_REGISTER", "2", "UINT32", "LONG");
    snapshot.instance("org.eclipse.kura.wire.WireAsset", asset, channels);
    return this;
  }

  /** A simulated pump of which the flow is read. */
  Plan simulated(String pid, String asset) {
    snapshot.instance(
        "io.kete.driver.simulator.SimulatorDriver", pid, properties("seed", 1L, "fault", "none"));
    snapshot.instance(
        "org.eclipse.kura.wire.WireAsset",
        asset,
        properties(
            "driver.pid", pid,
            "flow#+name", "flow",
            "flow#+type", "READ",
            "flow#+enabled", "true",
            "flow#+value.type", "DOUBLE",
            "flow#signal", "flow"));
    return this;
  }

  private static void channel(
      Map<String, Object> channels,
      String name,
      String table,
      String address,
      String dataType,
      String valueType) {
    channels.put(name + "#+name", name);
    channels.put(name + "#+type", "READ");
    channels.put(name + "#+enabled", "true");
    channels.put(name + "#+value.type", valueType);
    channels.put(name + "#table", table);
    channels.put(name + "#address", address);
    channels.put(name + "#data.type", dataType);
  }

  Plan route(String pid, String text) {
    snapshot.instance(ROUTE, pid, properties("route", text, "enabled", true));
    return this;
  }

  /** Camel's text of a route. */
  static String text(String from, String... steps) {
    StringBuilder route = new StringBuilder("- route:\n    from:\n      uri: " + from + "\n");
    route.append("      steps:\n");
    for (String step : steps) {
      route.append("        - to: ").append(step).append('\n');
    }
    return route.toString();
  }

  /** A durable stream, its uplink and its publisher, which sends under the stream's name. */
  Plan stream(String stream, Object... more) {
    Map<String, Object> store =
        properties("stream", stream, "gateway", GATEWAY, "commit.latency.ms", 100);
    store.putAll(properties(more));
    snapshot.instance("io.kete.buffer.h2.H2Stream", stream, store);
    snapshot.instance(
        "io.kete.uplink.cloud.CloudUplink",
        stream + "-uplink",
        properties(
            "Stream.target",
            "(kete.stream=" + stream + ")",
            "CloudPublisher.target",
            "(kura.service.pid=" + stream + "-publisher)",
            "confirm.timeout",
            30,
            "retry.interval",
            200));
    snapshot.instance(
        "org.eclipse.kura.cloud.publisher.CloudPublisher",
        stream + "-publisher",
        properties(
            "cloud.endpoint.service.pid",
            CLOUD,
            "appId",
            stream,
            "app.topic",
            "$assetName",
            "qos",
            1));
    return this;
  }

  /** The connection to the broker. */
  Plan cloud(int port) {
    snapshot.instance(CLOUD, CLOUD, properties("encode.gzip", true));
    snapshot.instance(
        DATA, DATA, properties("connect.auto-on-startup", true, "connect.retry-interval", 1));
    snapshot.instance(
        TRANSPORT,
        TRANSPORT,
        properties(
            "broker-url",
            "mqtt://127.0.0.1:" + port,
            "topic.context.account-name",
            ACCOUNT,
            "client-id",
            GATEWAY,
            "username",
            "",
            "keep-alive",
            10));
    return this;
  }

  /** A slot with the engines, and the stream that hears of its changes. */
  Plan slot(String slot, String model, String events) {
    slotOnly(slot, model, events);
    snapshot.singleton("io.kete.model.trees.TreesEngine", properties("max.nodes", 1000));
    snapshot.singleton("io.kete.model.onnx.OnnxEngine", properties("threads", 1));
    return this;
  }

  /** One more slot. */
  Plan slotOnly(String slot, String model, String events) {
    snapshot.instance(
        "io.kete.model.runtime.Slot",
        slot,
        properties("slot", slot, "model", model, "events.stream", events));
    return this;
  }

  /** Any other component. */
  Plan component(String pid, Map<String, Object> properties) {
    snapshot.singleton(pid, properties);
    return this;
  }

  String snapshot() {
    return snapshot.toString();
  }

  /** Key, value, key, value in this order. */
  static Map<String, Object> properties(Object... pairs) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  /**
   * A policy that shows some channels and seals all others for the centre.
   *
   * @param version rises with each document
   * @param open channels that are shown, as JSON texts
   */
  static String policy(int version, String open) {
    return """
        {
          "format": "kete-policy/1",
          "version": %d,
          "name": "integration tests",
          "recipients": { "centre": ["centre.pem"] },
          "classes": { "open": [%s] },
          "default": { "action": "seal", "recipients": ["centre"] },
          "rules": [ { "name": "open", "class": "open", "action": "plain" } ]
        }
        """
        .formatted(version, open);
  }
}
