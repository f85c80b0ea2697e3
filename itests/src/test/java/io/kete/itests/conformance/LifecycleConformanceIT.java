// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** What the gateway says about itself, and how it answers. */
@RunWith(Parameterized.class)
public class LifecycleConformanceIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> READ_BY_KAPUA =
      List.of(
          "uptime",
          "display_name",
          "available_processors",
          "total_memory",
          "os",
          "os_version",
          "os_arch",
          "jvm_name",
          "jvm_version",
          "jvm_profile",
          "application_framework",
          "application_framework_version",
          "osgi_framework",
          "osgi_framework_version",
          "connection_interface",
          "connection_ip",
          "accept_encoding",
          "extended_properties");

  private final String broker;
  private Stage stage;
  private Console console;

  public LifecycleConformanceIT(String broker) {
    this.broker = broker;
  }

  @Parameters(name = "{0}")
  public static List<String> brokers() {
    return TestBroker.names();
  }

  @Before
  public void setUp() {
    boolean built = Files.isRegularFile(Installed.product().resolve("bin/kete"));
    if (!built) {
      System.out.println("conformance is skipped: the distribution is not built");
    }
    assumeTrue("the distribution is not built", built);
    stage = Stage.of(broker);
    console = stage.console();
  }

  @Test
  @Requirement({"KETE-CONN-1", "KETE-BIRTH-1", "KETE-BIRTH-2", "KETE-BIRTH-3", "KETE-BIRTH-6"})
  public void birthComesFirstAndHoldsTextsThatKapuaCanStore() {
    assertThat(console.lifecycle().get(0)).isEqualTo("BIRTH");
    Console.Seen birth = console.lifecycle("BIRTH").get(0);
    assertThat(birth.qos()).isEqualTo(1);
    assertThat(birth.retained()).isFalse();
    Map<String, Object> metrics = birth.payload().metrics();
    assertThat(metrics.values()).allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
    assertThat(metrics).containsKeys(READ_BY_KAPUA.toArray(String[]::new));
    assertThat(metrics)
        .containsEntry("application_framework", "Kete")
        .containsEntry("payload_encoding", "KURA_PROTOBUF")
        .containsEntry("accept_encoding", "gzip");
    metrics.forEach(
        (name, value) ->
            assertThat(value.toString().length()).as(name).isLessThanOrEqualTo(limit(name)));
  }

  private static int limit(String metric) {
    return switch (metric) {
      case "application_ids" -> 1024;
      case "connection_interface", "connection_ip" -> 4096;
      case "extended_properties" -> 512 * 1024;
      default -> 255;
    };
  }

  @Test
  @Requirement({"KETE-BIRTH-5", "KETE-BIRTH-9"})
  public void birthHoldsDigestsByWhichGatewaysAreCompared() {
    Map<String, Object> metrics = console.lifecycle("BIRTH").get(0).payload().metrics();
    JsonObject extended = Json.parse(String.valueOf(metrics.get("extended_properties"))).asObject();
    assertThat(extended.getString("version", "")).isEqualTo("1.0");
    JsonObject digests = extended.get("properties").asObject().get("kete.digests").asObject();
    assertThat(digests.getString("bundles", "")).matches("[0-9a-f]{32}");
  }

  @Test
  @Requirement({"KETE-BIRTH-4", "KETE-APPS-1", "KETE-REQ-1"})
  public void applicationsAreListedWithoutBlanksWithinAMinute() {
    Console.Seen announced =
        console.await(
            "application_ids with CONF-V1 and DEPLOY-V2",
            SOON,
            () ->
                console.lifecycle().isEmpty()
                    ? java.util.Optional.empty()
                    : java.util.stream.Stream.of("BIRTH", "APPS")
                        .flatMap(message -> console.lifecycle(message).stream())
                        .filter(LifecycleConformanceIT::listsAll)
                        .findFirst());
    assertThat(String.valueOf(announced.payload().metrics().get("application_ids")))
        .matches("[A-Z0-9-]+(,[A-Z0-9-]+)*");
    assertThat(announced.payload().metrics().values())
        .allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
  }

  private static boolean listsAll(Console.Seen message) {
    List<String> ids =
        List.of(String.valueOf(message.payload().metrics().get("application_ids")).split(",", -1));
    return ids.contains("CONF-V1") && ids.contains("DEPLOY-V2");
  }

  @Test
  @Requirement({"KETE-REQ-2", "KETE-REQ-3", "KETE-TOPIC-2"})
  public void unknownApplicationsAndRequestsWithoutASenderAreNotAnswered() {
    List<String> silent =
        List.of(
            console.send("NOBODY-V1", "GET", "x", Map.of(), ""),
            console.send("MQTT", "GET", "x", Map.of(), ""));
    console.publish("CONF-V1/GET/snapshots", Payload.bytes(Map.of("request.id", "1"), ""));
    console.publish(
        "CONF-V1/GET/snapshots",
        Payload.bytes(Map.of("request.id", 1L, "requester.client.id", "KapuaPool"), ""));
    assertThat(console.get("CONF-V1", "snapshots").code()).isEqualTo(200);
    assertThat(console.reply("NOBODY-V1", silent.get(0))).isEmpty();
    assertThat(console.reply("MQTT", silent.get(1))).isEmpty();
  }

  @Test
  @Requirement({"KETE-REQ-4", "KETE-REQ-5", "KETE-CONF-6"})
  public void whatIsNotThereIs404AndWhatIsWrongIs400() {
    for (String application : List.of("CONF-V1", "DEPLOY-V2")) {
      Console.Reply unknown = console.get(application, "no-such-thing");
      assertThat(unknown.code()).as(application).isEqualTo(404);
      assertThat(unknown.error()).isNotBlank();
      assertThat(console.ask(application, "SUBMIT", "x", Map.of(), "").code()).isEqualTo(400);
      assertThat(console.get(application, "").code()).isEqualTo(400);
    }
    assertThat(console.get("CONF-V1", "configurations/no.such.pid").code()).isEqualTo(404);
    assertThat(console.get("CONF-V1", "snapshots/17").code()).isEqualTo(404);
    assertThat(console.get("CONF-V1", "snapshots/x").code()).isEqualTo(400);
    assertThat(console.exec("DEPLOY-V2", "download", Map.of()).code()).isEqualTo(400);
  }

  @Test
  @Requirement({"KETE-INV-1", "KETE-INV-2"})
  public void theInventoryListsBundlesAndPackages() {
    JsonObject bundles = inventory("bundles");
    assertThat(bundles.get("bundles").asArray())
        .anySatisfy(
            bundle -> {
              assertThat(bundle.asObject().getString("name", "")).isEqualTo("io.kete.buffer.h2");
              assertThat(bundle.asObject().getString("state", "")).isEqualTo("ACTIVE");
              assertThat(bundle.asObject().getInt("id", 0)).isPositive();
            });
    assertThat(inventory("deploymentPackages").get("deploymentPackages").asArray())
        .anySatisfy(line -> assertThat(line.asObject().get("bundles").asArray()).isNotEmpty());
    assertThat(inventory("containers").toString()).isEqualTo("{\"containers\":[]}");
    assertThat(console.ask("INVENTORY-V1", "EXEC", "bundles/_stop", Map.of(), "{").code())
        .isEqualTo(400);
    String own = "{\"name\":\"io.kete.container.cloud\"}";
    assertThat(console.ask("INVENTORY-V1", "EXEC", "bundles/_stop", Map.of(), own).code())
        .isEqualTo(400);
    assertThat(console.ask("INVENTORY-V1", "EXEC", "bundles/_start", Map.of(), own).code())
        .isEqualTo(200);
  }

  private JsonObject inventory(String resource) {
    Console.Reply reply = console.get("INVENTORY-V1", resource);
    assertThat(reply.code()).as(reply.error()).isEqualTo(200);
    return Json.parse(new String(reply.payload().body(), StandardCharsets.UTF_8)).asObject();
  }

  @Test
  @Requirement({"KETE-PAY-2", "KETE-PAY-3"})
  public void longRepliesAreZippedShortOnesAreNotAndZippedRequestsAreRead() throws IOException {
    Console.Reply all = console.get("CONF-V1", "configurations");
    assertThat(all.payload().zipped()).isTrue();
    assertThat(all.payload().plainLength()).isGreaterThan(10_000);
    assertThat(console.exec("DEPLOY-V2", "stop/x", Map.of()).payload().zipped()).isFalse();

    byte[] plain =
        Payload.bytes(Map.of("request.id", "zipped", "requester.client.id", "KapuaPool-zip"), "");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(plain);
    }
    console.publish("CONF-V1/GET/snapshots", zipped.toByteArray());
    console.await(
        "answer to a zipped request",
        Console.PATIENCE,
        () -> console.any("$EDC/acme/KapuaPool-zip/CONF-V1/REPLY/zipped"));
  }

  @Test
  @Requirement({"KETE-LWT-1", "KETE-DC-1", "KETE-CONN-3"})
  public void aKilledGatewayLeavesItsWillAndAStoppedOneSaysGoodBye() throws Exception {
    int births = console.lifecycle("BIRTH").size();
    int wills = console.lifecycle("LWT").size();
    int before = console.lifecycle("DC").size();
    stage.gateway().kill();
    console.awaitTrue("LWT", SOON, () -> console.lifecycle("LWT").size() == wills + 1);
    Console.Seen will = console.lifecycle("LWT").get(wills);
    assertThat(will.bytes()).isEmpty();
    assertThat(will.retained()).isFalse();
    assertThat(console.lifecycle("DC")).as("no good-bye of a killed one").hasSize(before);

    stage.gateway().startAgain();
    console.awaitTrue("BIRTH", SOON, () -> console.lifecycle("BIRTH").size() == births + 1);
    int goodbyes = console.lifecycle("DC").size();
    stage.gateway().stop();
    console.awaitTrue("DC", SOON, () -> console.lifecycle("DC").size() == goodbyes + 1);
    Console.Seen goodbye = console.lifecycle("DC").get(goodbyes);
    assertThat(goodbye.payload().metrics()).containsKeys("uptime", "display_name");
    assertThat(console.lifecycle("LWT")).hasSize(wills + 1);

    stage.gateway().startAgain();
    console.awaitTrue("BIRTH", SOON, () -> console.lifecycle("BIRTH").size() == births + 2);
    stage.awaitManaged();
  }

  @Test
  @Requirement({"KETE-CONN-4", "KETE-CONN-5"})
  public void twoGatewaysOfOneClientIdFightSlowlyAndSaySo() throws Exception {
    Path home = stage.gateway().data().resolveSibling("../twin").normalize();
    int before = console.lifecycle("BIRTH").size();
    try (Installed twin = Installed.start(home, Stage.seed(stage.broker(), stage.clientId()))) {
      console.awaitTrue(
          "both say that another client has their id",
          SOON,
          () -> tells(twin) && tells(stage.gateway()));
      int begun = console.lifecycle("BIRTH").size();
      console.assertNever(
          "more than 60 connections of two gateways in 20 s",
          Duration.ofSeconds(20),
          () -> console.lifecycle("BIRTH").size() - begun > 60);
    }
    assertThat(console.lifecycle("BIRTH").size()).isGreaterThan(before + 1);
    int ended = console.lifecycle("BIRTH").size();
    stage.awaitManaged();
    console.assertNever(
        "a gateway that is alone again connects anew",
        Duration.ofSeconds(3),
        () -> console.lifecycle("BIRTH").size() > ended + 1);
  }

  private static boolean tells(Installed gateway) {
    try {
      return gateway.log().contains("link_short_lived");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
