// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A broker, a gateway at it and a console that watches: made once for each broker and kept for all
 * tests of a run.
 */
record Stage(TestBroker broker, Console console, Installed gateway, String clientId) {

  static final String CLOUD = "org.eclipse.kura.cloud.CloudService";
  static final String DATA = "org.eclipse.kura.data.DataService";
  static final String TRANSPORT = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
  static final String DRIVER = "io.kete.driver.modbus.ModbusDriver";
  static final String SECRET = "kapua-password";

  private static final Map<String, Stage> STAGES = new ConcurrentHashMap<>();

  static Stage of(String name) {
    return STAGES.computeIfAbsent(name, Stage::made);
  }

  private static Stage made(String name) {
    try {
      String plain = name.replaceAll("=.*", "");
      Path folder =
          Path.of(System.getProperty("kete.root", ".."), "itests/target/it/conformance-" + plain)
              .toAbsolutePath()
              .normalize();
      Files.createDirectories(folder);
      TestBroker broker = TestBroker.start(name, folder);
      String clientId = "gateway-" + plain;
      Console console = new Console(broker.url(), clientId);
      Installed gateway = Installed.start(folder.resolve("gateway"), seed(broker, clientId));
      console.awaitTrue(
          "BIRTH of " + clientId,
          java.time.Duration.ofSeconds(90),
          () -> !console.lifecycle("BIRTH").isEmpty());
      Stage stage = new Stage(broker, console, gateway, clientId);
      stage.awaitManaged();
      return stage;
    } catch (Exception e) {
      throw new IllegalStateException("the stage with " + name + " cannot be set", e);
    }
  }

  /** Until the gateway answers for all its applications. */
  void awaitManaged() {
    for (String request : java.util.List.of("CONF-V1 snapshots", "DEPLOY-V2 packages")) {
      String[] parts = request.split(" ", -1);
      console.awaitTrue(
          request,
          java.time.Duration.ofSeconds(60),
          () -> {
            String id = console.send(parts[0], "GET", parts[1], Map.of(), "");
            try {
              console.await(
                  request, java.time.Duration.ofSeconds(2), () -> console.reply(parts[0], id));
              return true;
            } catch (AssertionError notYet) {
              return false;
            }
          });
    }
  }

  static String seed(TestBroker broker, String clientId) {
    return document(
        instance(CLOUD, CLOUD, property("encode.gzip", "Boolean", "true")),
        instance(
            DATA,
            DATA,
            property("connect.auto-on-startup", "Boolean", "true")
                + property("connect.retry-interval", "Integer", "1")),
        instance(
            TRANSPORT,
            TRANSPORT,
            property("broker-url", "String", "mqtt://" + broker.host() + ":" + broker.port())
                + property("topic.context.account-name", "String", Console.ACCOUNT)
                + property("client-id", "String", clientId)
                + property("username", "String", "kapua-broker")
                + property("password", "Password", SECRET)),
        instance(DRIVER, "plc-1", property("port", "Integer", "1502")),
        component("io.kete.status.StatusPage", property("port", "Integer", "0")),
        component(
            "io.kete.container.deploy.Deployment", property("settle.millis", "Integer", "300")));
  }

  static String document(String... components) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">\n"
        + String.join("", components)
        + "</esf:configurations>\n";
  }

  static String instance(String factory, String pid, String properties) {
    return component(pid, property("service.factoryPid", "String", factory) + properties);
  }

  static String component(String pid, String properties) {
    return "<esf:configuration pid=\"%s\"><esf:properties>%s</esf:properties></esf:configuration>\n"
        .formatted(pid, properties);
  }

  static String property(String name, String type, String value) {
    return "<esf:property name=\"%s\" type=\"%s\" array=\"false\" encrypted=\"false\"><esf:value>%s</esf:value></esf:property>"
        .formatted(name, type, value);
  }
}
