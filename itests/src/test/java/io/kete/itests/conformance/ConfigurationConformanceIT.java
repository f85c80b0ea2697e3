// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** CONF-V1: lists, a change put, read back, restored and rolled back, and what is refused. */
@RunWith(Parameterized.class)
public class ConfigurationConformanceIT {

  private static final String APP = "CONF-V1";
  private static final String PLACEHOLDER =
      Base64.getEncoder().encodeToString("Placeholder#unchanged".getBytes(StandardCharsets.UTF_8));
  private static final Pattern ID = Pattern.compile("<esf:snapshotIds>(\\d+)</esf:snapshotIds>");

  private final String broker;
  private Stage stage;
  private Console console;

  public ConfigurationConformanceIT(String broker) {
    this.broker = broker;
  }

  @Parameters(name = "{0}")
  public static List<String> brokers() {
    return TestBroker.names();
  }

  @Before
  public void setUp() {
    assumeTrue(
        "the distribution is not built",
        Files.isRegularFile(Installed.product().resolve("bin/kete")));
    stage = Stage.of(broker);
    console = stage.console();
  }

  @Test
  @Requirement({"KETE-CONF-1", "KETE-CONF-5"})
  public void allConfigurationsHaveDefinitionsAndNoPassword() {
    Console.Reply reply = console.get(APP, "configurations");
    assertThat(reply.code()).isEqualTo(200);
    String document = reply.payload().text();
    assertThat(document)
        .contains("xmlns:esf=\"http://eurotech.com/esf/2.0\"")
        .contains("xmlns:ocd=\"http://www.osgi.org/xmlns/metatype/v1.2.0\"")
        .contains("pid=\"plc-1\"", "pid=\"" + Stage.TRANSPORT + "\"")
        .contains("<ocd:OCD id=\"" + Stage.DRIVER + "\"")
        .contains(PLACEHOLDER)
        .doesNotContain(Stage.SECRET, base64(Stage.SECRET));
    assertThat(one("plc-1")).contains(">1502<").doesNotContain(Stage.TRANSPORT);
  }

  @Test
  @Requirement({"KETE-CONF-2", "KETE-CONF-4", "KETE-CONF-7"})
  public void aChangeIsPutReadBackRestoredAndRolledBack() {
    long before = last(snapshots());
    String wanted =
        """
        <ns2:configurations xmlns:ns2="http://eurotech.com/esf/2.0"
            xmlns:ocd="http://www.osgi.org/xmlns/metatype/v1.2.0">
          <ns2:configuration pid="plc-1">
            <ocd:OCD id="%s" name="x" Icon="">
              <ns0:AD xmlns:ns0="http://www.osgi.org/xmlns/metatype/v1.2.0" id="port" type="Integer"
                cardinality="0" Option="" any=""/>
            </ocd:OCD>
            <ns2:properties>
              <ns2:property name="port" array="false" encrypted="false" type="Integer">
                <esf:value xmlns:esf="http://eurotech.com/esf/2.0">1777</esf:value>
              </ns2:property>
            </ns2:properties>
          </ns2:configuration>
        </ns2:configurations>
        """
            .formatted(Stage.DRIVER);
    assertThat(console.put(APP, "configurations/plc-1", wanted).code()).isEqualTo(200);
    assertThat(one("plc-1")).contains(">1777<");
    assertThat(last(snapshots())).isGreaterThan(before);

    assertThat(console.put(APP, "configurations", port("1503")).code()).isEqualTo(200);
    assertThat(one("plc-1")).contains(">1503<");

    assertThat(console.exec(APP, "rollback", Map.of()).code()).isEqualTo(200);
    assertThat(one("plc-1")).contains(">1777<");
    assertThat(console.exec(APP, "rollback/" + before, Map.of()).code()).isEqualTo(200);
    assertThat(one("plc-1")).contains(">1502<");
  }

  @Test
  @Requirement("KETE-CONF-2")
  public void aWrongChangeIsRefusedBeforeTheAnswerAndChangesNothing() {
    List<Long> before = snapshots();
    String good =
        Stage.component("io.kete.status.StatusPage", Stage.property("port", "Integer", "0"));
    assertRefused(
        "no component", good, Stage.component("no.such.pid", Stage.property("a", "String", "b")));
    assertRefused("plc-1: port", good, plc(Stage.property("port", "Integer", "0")));
    assertRefused("plc-1: port", good, plc(Stage.property("port", "Integer", "65536")));
    assertRefused("plc-1: port", good, plc(Stage.property("port", "String", "1503")));
    assertRefused("plc-1: port", good, plc(Stage.property("port", "Integer", "many")));
    assertRefused("no properties", good, plc(""));
    assertRefused("no properties", good, "<esf:configuration pid=\"plc-1\"/>");
    assertThat(console.put(APP, "configurations", "").code()).isEqualTo(400);
    assertThat(console.put(APP, "configurations", "<esf:configurations").code()).isEqualTo(400);
    assertThat(one("plc-1")).contains(">1502<");
    assertThat(snapshots()).isEqualTo(before);
  }

  @Test
  @Requirement("KETE-CONF-3")
  public void instancesOfFactoriesAreMadeAndDeleted() {
    String publisher = "org.eclipse.kura.cloud.publisher.CloudPublisher";
    for (String pid : List.of("pub-1", "pub-2")) {
      String made =
          Stage.instance(
              publisher,
              pid,
              Stage.property("cloud.endpoint.service.pid", "String", Stage.CLOUD)
                  + Stage.property("appId", "String", pid));
      assertThat(console.put(APP, "configurations", Stage.document(made)).code()).isEqualTo(200);
    }
    assertThat(one("pub-1")).contains(">pub-1<", "service.factoryPid", "ocd:OCD");
    assertThat(one("pub-2")).contains(">pub-2<");
    for (String pid : List.of("pub-1", "pub-2")) {
      assertThat(console.ask(APP, "DEL", "configurations/" + pid, Map.of(), "").code())
          .isEqualTo(200);
      assertThat(console.get(APP, "configurations/" + pid).code()).isEqualTo(404);
    }
    assertThat(
            console
                .ask(APP, "DEL", "configurations/io.kete.status.StatusPage", Map.of(), "")
                .code())
        .isEqualTo(400);
  }

  @Test
  @Requirement({"KETE-CONF-4", "KETE-CONF-7"})
  public void snapshotsAreTakenListedAndShown() {
    List<Long> before = snapshots();
    assertThat(before).contains(0L);
    Console.Reply taken = console.exec(APP, "snapshot", Map.of());
    assertThat(taken.code()).isEqualTo(200);
    List<Long> after = snapshots();
    assertThat(after).containsAll(ids(taken)).isNotEqualTo(before);
    String shown = console.get(APP, "snapshots/" + last(after)).payload().text();
    assertThat(shown).contains("pid=\"plc-1\"", PLACEHOLDER).doesNotContain(Stage.SECRET);
  }

  @Test
  @Requirement({"KETE-CONF-5", "KETE-BIRTH-7"})
  public void aPasswordIsKeptReplacedAndNeverReadableOnTheDisk() throws Exception {
    int births = console.lifecycle("BIRTH").size();
    String kept = transport("encrypted=\"true\"", PLACEHOLDER, "31");
    assertThat(console.put(APP, "configurations", Stage.document(kept)).code()).isEqualTo(200);
    console.awaitTrue(
        "BIRTH over the connection with the new settings",
        Console.PATIENCE,
        () -> console.lifecycle("BIRTH").size() > births);
    stage.awaitManaged();
    String replaced = transport("encrypted=\"true\"", base64("another-secret"), "30");
    int again = console.lifecycle("BIRTH").size();
    assertThat(console.put(APP, "configurations", Stage.document(replaced)).code()).isEqualTo(200);
    console.awaitTrue(
        "BIRTH over the connection with the new password",
        Console.PATIENCE,
        () -> console.lifecycle("BIRTH").size() > again);
    stage.awaitManaged();
    assertThat(one(Stage.TRANSPORT)).contains(PLACEHOLDER).doesNotContain(base64("another-secret"));
    try (Stream<Path> files = Files.walk(stage.gateway().data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(">" + Stage.SECRET + "<", base64(Stage.SECRET))
            .doesNotContain("another-secret", base64("another-secret"));
      }
    }
  }

  @Test
  @Requirement("KETE-CONF-4")
  public void anAnsweredChangeOutlivesAKill() throws Exception {
    int births = console.lifecycle("BIRTH").size();
    assertThat(console.put(APP, "configurations", port("1999")).code()).isEqualTo(200);
    stage.gateway().kill();
    stage.gateway().startAgain();
    console.awaitTrue(
        "BIRTH", Duration.ofSeconds(60), () -> console.lifecycle("BIRTH").size() > births);
    stage.awaitManaged();
    assertThat(one("plc-1")).contains(">1999<");
    assertThat(console.put(APP, "configurations", port("1502")).code()).isEqualTo(200);
    assertThat(one("plc-1")).contains(">1502<");
  }

  private static String transport(String attribute, String text, String keepAlive) {
    return Stage.component(
        Stage.TRANSPORT,
        Stage.property("password", "Password", text).replace("encrypted=\"false\"", attribute)
            + Stage.property("keep-alive", "Integer", keepAlive));
  }

  private void assertRefused(String reason, String... components) {
    Console.Reply reply = console.put(APP, "configurations", Stage.document(components));
    assertThat(reply.code()).as(reason).isEqualTo(400);
    assertThat(reply.error()).contains(reason);
  }

  private static String plc(String properties) {
    return Stage.component("plc-1", properties);
  }

  private static String port(String port) {
    return Stage.document(plc(Stage.property("port", "Integer", port)));
  }

  private String one(String pid) {
    Console.Reply reply = console.get(APP, "configurations/" + pid);
    assertThat(reply.code()).as(pid).isEqualTo(200);
    return reply.payload().text();
  }

  private List<Long> snapshots() {
    return ids(console.get(APP, "snapshots"));
  }

  private static List<Long> ids(Console.Reply reply) {
    return ID.matcher(reply.payload().text())
        .results()
        .map((MatchResult id) -> Long.valueOf(id.group(1)))
        .toList();
  }

  private static long last(List<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
