// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the gateway announces itself, and when it keeps silent because an install runs. */
class AnnouncementTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static TestBroker broker;
  private Watcher watcher;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestBroker(0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void watch() throws Exception {
    watcher = new Watcher(broker.port(), "$EDC/#");
  }

  @AfterEach
  void stopWatching() throws Exception {
    watcher.close();
  }

  @Test
  void saysNothingWhileAnInstallRunsAndEverythingAfterwards() {
    try (Gateway gateway = new Gateway(broker.port(), "held")) {
      await().atMost(PATIENCE).until(() -> lifecycle("held").equals(List.of("BIRTH")));
      gateway.surroundings.hold();
      gateway.cloud.registerRequestHandler("NEW-V1", new RequestHandler() {});
      notified(gateway, "held", "one");
      await()
          .during(Duration.ofMillis(900))
          .atMost(PATIENCE)
          .until(() -> lifecycle("held").equals(List.of("BIRTH")));

      gateway.surroundings.release();
      await().atMost(PATIENCE).until(() -> lifecycle("held").equals(List.of("BIRTH", "APPS")));
      assertThat(watcher.first("$EDC/acme/held/MQTT/APPS").texts())
          .containsEntry("application_ids", "NEW-V1");
    }
  }

  @Test
  void beginsAConnectionInTheMiddleOfAnInstallWithAppsAndSaysBirthAfterIt() throws Exception {
    try (Relay relay = new Relay(broker.port());
        Gateway gateway = new Gateway(relay.port(), "midst")) {
      await().atMost(PATIENCE).until(() -> lifecycle("midst").equals(List.of("BIRTH")));
      gateway.surroundings.hold();
      relay.cut();
      await()
          .atMost(PATIENCE)
          .until(() -> lifecycle("midst").equals(List.of("BIRTH", "LWT", "APPS")));
      notified(gateway, "midst", "final");

      gateway.surroundings.release();
      await()
          .atMost(PATIENCE)
          .until(() -> lifecycle("midst").equals(List.of("BIRTH", "LWT", "APPS", "BIRTH")));
    }
  }

  @Test
  void saysTheDigestsAndAnnouncesChangedOnes() {
    try (Gateway gateway = new Gateway(broker.port(), "digest")) {
      await().atMost(PATIENCE).until(() -> lifecycle("digest").equals(List.of("BIRTH")));
      assertThat(watcher.first("$EDC/acme/digest/MQTT/BIRTH").texts())
          .containsEntry(
              "extended_properties",
              "{\"version\":\"1.0\",\"properties\":{\"kete.digests\":{\"bundles\":\"00ff\"}}}");
      gateway.cloud.checkIdentity();
      await()
          .during(Duration.ofMillis(600))
          .atMost(PATIENCE)
          .until(() -> lifecycle("digest").equals(List.of("BIRTH")));

      gateway.surroundings.digests = Map.of("kete.digests", Map.of("bundles", "11aa"));
      gateway.cloud.checkIdentity();
      await().atMost(PATIENCE).until(() -> lifecycle("digest").equals(List.of("BIRTH", "APPS")));
      assertThat(watcher.first("$EDC/acme/digest/MQTT/APPS").texts().get("extended_properties"))
          .contains("11aa");
    }
  }

  private void notified(Gateway gateway, String clientId, String what) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              CloudNotificationPublisher publisher = publisher(gateway);
              publisher.publish(
                  new KuraMessage(
                      new KuraPayload(),
                      Map.of(
                          "appId",
                          "DEPLOY-V2",
                          "messageType",
                          what,
                          "requestorClientId",
                          "console")));
            });
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                watcher
                    .topics()
                    .contains("$EDC/acme/console/DEPLOY-V2/NOTIFY/" + clientId + "/" + what));
  }

  private static CloudNotificationPublisher publisher(Gateway gateway) {
    CloudNotificationPublisher publisher = gateway.surroundings.notifications;
    if (publisher == null) {
      throw new AssertionError("no notification publisher is offered");
    }
    return publisher;
  }

  private List<String> lifecycle(String clientId) {
    String prefix = "$EDC/acme/" + clientId + "/MQTT/";
    return watcher.topics().stream()
        .filter(topic -> topic.startsWith(prefix))
        .map(topic -> topic.substring(prefix.length()))
        .toList();
  }
}
