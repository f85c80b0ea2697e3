// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static io.kete.container.config.Gateway.VALVE;
import static io.kete.container.config.Gateway.component;
import static io.kete.container.config.Gateway.eventually;
import static io.kete.container.config.Gateway.metatype;
import static io.kete.container.config.Gateway.property;
import static io.kete.container.config.Gateway.sealed;
import static io.kete.container.config.Gateway.valve;
import static io.kete.container.config.Gateway.valveInstance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraRequestPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CONF-V1, with the handler as a cloud connection gets it. */
final class ConfigurationRequestsTest {
  private static final String LAMP = "io.example.Lamp";
  private static final String PLACEHOLDER =
      Base64.getEncoder().encodeToString(Placeholder.TEXT.getBytes(StandardCharsets.UTF_8));

  private static final RequestHandlerContext CONTEXT =
      new RequestHandlerContext(
          (CloudNotificationPublisher)
              Proxy.newProxyInstance(
                  CloudNotificationPublisher.class.getClassLoader(),
                  new Class<?>[] {CloudNotificationPublisher.class},
                  (proxy, method, arguments) -> ""),
          Map.of());

  @TempDir private Path folder;
  private Gateway gateway;
  private RequestHandler handler = new RequestHandler() {};

  private interface Verb {
    KuraMessage ask(KuraMessage request) throws KuraException;
  }

  @BeforeEach
  void setUp() throws Exception {
    gateway = new Gateway(folder);
    Path snapshots = Files.createDirectories(folder.resolve("snapshots"));
    Gateway.write(
        snapshots.resolve("snapshot_0.xml"),
        valveInstance("valve-1", property("secret", "Password", "sesame")));
    gateway.install("valve", VALVE, valve());
    gateway.install(
        "lamp", LAMP, metatype(LAMP, false, "<AD id=\"on\" type=\"Boolean\" default=\"false\"/>"));
    gateway.installCryptoProvider();
    gateway.registerCrypto();
    gateway.start();
    gateway.registerCloud();
    eventually(
        () -> assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("sesame")));
    handler = gateway.handler("CONF-V1").orElseThrow();
  }

  @AfterEach
  void tearDown() throws Exception {
    gateway.close();
  }

  @Test
  void givesAllConfigurationsWithDefinitionsAndWithoutPasswords() throws Exception {
    String document = get("configurations");

    assertThat(document)
        .contains("pid=\"valve-1\"", "pid=\"" + LAMP + "\"", "<ocd:OCD id=\"" + VALVE + "\"")
        .contains(PLACEHOLDER)
        .doesNotContain("sesame", "c2VzYW1l", sealed("sesame"));
  }

  @Test
  void givesOneConfiguration() throws Exception {
    assertThat(get("configurations", LAMP)).contains(LAMP).doesNotContain("valve-1");
  }

  @Test
  void refusesWhatIsNotThereWith404AndWhatIsNoRequestWith400() {
    assertCode(KuraErrorCode.NOT_FOUND, () -> get("configurations", "no.such"));
    assertCode(KuraErrorCode.NOT_FOUND, () -> get("anything"));
    assertCode(KuraErrorCode.NOT_FOUND, () -> get("snapshot"));
    assertCode(KuraErrorCode.NOT_FOUND, () -> get("snapshots", "17"));
    assertCode(KuraErrorCode.BAD_REQUEST, () -> get("snapshots", "x"));
    assertCode(KuraErrorCode.BAD_REQUEST, this::get);
    assertCode(KuraErrorCode.BAD_REQUEST, () -> get("configurations", "a", "b"));
    assertCode(KuraErrorCode.NOT_FOUND, () -> put("", "snapshots"));
    assertCode(KuraErrorCode.NOT_FOUND, () -> ask(exec(), "", "configurations"));
    assertCode(KuraErrorCode.NOT_FOUND, () -> ask(exec(), "", "rollback", "17"));
    assertCode(KuraErrorCode.NOT_FOUND, () -> ask(del(), "", "configurations", "no.such"));
    assertCode(KuraErrorCode.BAD_REQUEST, () -> ask(del(), "", "configurations", LAMP));
    assertCode(KuraErrorCode.BAD_REQUEST, () -> ask(del(), "", "configurations"));
  }

  @Test
  void makesAChangeThatIsWrittenAsAConsoleWritesIt() throws Exception {
    put(
        """
        <ns2:configurations xmlns:ns2="http://eurotech.com/esf/2.0"
            xmlns:ocd="http://www.osgi.org/xmlns/metatype/v1.2.0"
            xmlns:ns0="http://www.osgi.org/xmlns/metatype/v1.2.0">
          <ns2:configuration pid="valve-1" any="">
            <ocd:OCD id="x" Icon=""><ns0:AD id="port" Option="" any="" type="Integer"/></ocd:OCD>
            <esf:properties xmlns:esf="http://eurotech.com/esf/2.0">
              <esf:property array="false" encrypted="false" name="port" type="Integer">
                <ns2:value>1502</ns2:value></esf:property>
              <esf:property array="false" encrypted="true" name="secret" type="Password">
                <ns2:value>%s</ns2:value></esf:property>
            </esf:properties>
          </ns2:configuration>
        </ns2:configurations>
        """
            .formatted(PLACEHOLDER),
        "configurations",
        "valve-1");

    assertThat(get("configurations", "valve-1")).contains(">1502<");
    assertThat(gateway.delivered("valve-1"))
        .containsEntry("port", 1502)
        .containsEntry("secret", sealed("sesame"));
  }

  @Test
  void takesPasswordsInBase64InClearAndSealed() throws Exception {
    put(passwordDocument("encrypted=\"true\"", "b3Blbg=="), "configurations");
    assertThat(get("configurations")).contains(PLACEHOLDER);
    assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("open"));

    put(passwordDocument("encrypted=\"false\"", "shut"), "configurations");
    get("configurations");
    assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("shut"));

    put(passwordDocument("encrypted=\"true\"", sealed("ajar")), "configurations");
    get("configurations");
    assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("ajar"));
    assertRefused("secret", password("encrypted=\"true\"", "no base 64!"));
  }

  @Test
  void refusesAWrongChangeBeforeItAnswersAndChangesNothing() throws Exception {
    String good = component(LAMP, property("on", "Boolean", "true"));
    assertRefused(
        "no component io.example.Pump",
        good,
        component("io.example.Pump", property("x", "String", "y")));
    assertRefused(
        "valve-1: port", good, valveInstance("valve-1", property("port", "Integer", "0")));
    assertRefused("valve-1: port", good, valveInstance("valve-1", property("port", "String", "1")));
    assertRefused(
        "valve-1: port", good, valveInstance("valve-1", property("port", "Integer", "one")));
    assertRefused("no properties", good, "<esf:configuration pid=\"valve-1\"/>");
    assertRefused("no properties", good, component("valve-1"));
    assertRefused("no configuration");
    assertRefused("factory", component(VALVE, property("port", "Integer", "1")));
    assertRefused("twice", good, good);
    assertRefused(
        "placeholder", valveInstance("valve-2", property("secret", "Password", Placeholder.TEXT)));
    assertCode(KuraErrorCode.BAD_REQUEST, () -> put("", "configurations"));
    assertCode(KuraErrorCode.BAD_REQUEST, () -> put("<esf:conf", "configurations"));
    assertCode(KuraErrorCode.BAD_REQUEST, () -> put(document(good), "configurations", "valve-1"));

    get("configurations");
    assertThat(gateway.delivered(LAMP)).containsEntry("on", false);
    assertThat(gateway.delivered("valve-1")).containsEntry("port", 502);
    assertThat(gateway.service().getSnapshots()).containsExactly(0L);
  }

  @Test
  void makesAndDeletesInstancesOfFactories() throws Exception {
    put(document(valveInstance("valve-2", property("port", "Integer", "2"))), "configurations");
    assertThat(get("configurations", "valve-2")).contains(">2<", "service.factoryPid");
    assertThat(gateway.delivered("valve-2")).containsEntry("port", 2);

    ask(del(), "", "configurations", "valve-2");
    assertCode(KuraErrorCode.NOT_FOUND, () -> get("configurations", "valve-2"));
    assertThat(gateway.delivered("valve-2")).isEmpty();
  }

  @Test
  void listsTakesShowsAndRestoresSnapshots() throws Exception {
    assertThat(ids(get("snapshots"))).containsExactly(0L);
    put(document(component(LAMP, property("on", "Boolean", "true"))), "configurations");
    assertThat(ids(get("snapshots"))).hasSize(2);
    assertThat(gateway.delivered(LAMP)).containsEntry("on", true);
    List<Long> taken = ids(text(ask(exec(), "", "snapshot")));
    assertThat(ids(get("snapshots"))).hasSize(3).containsAll(taken);
    assertThat(get("snapshots", taken.get(0).toString()))
        .contains("pid=\"valve-1\"", PLACEHOLDER)
        .doesNotContain("sesame", sealed("sesame"));

    assertThat(ids(text(ask(exec(), "", "rollback", "0")))).containsExactly(0L);
    assertThat(ids(get("snapshots"))).hasSize(4);
    assertThat(gateway.delivered(LAMP)).containsEntry("on", false);
    assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("sesame"));

    ask(exec(), "", "rollback");
    get("snapshots");
    assertThat(gateway.delivered(LAMP)).containsEntry("on", true);
  }

  @Test
  void anAcceptedChangeIsOnTheMediumBeforeTheAnswerAndMadeAtTheNextStart() throws Exception {
    put(document(component(LAMP, property("on", "Boolean", "true"))), "configurations");
    gateway.restart();
    eventually(() -> assertThat(gateway.delivered(LAMP)).containsEntry("on", true));

    handler = gateway.handler("CONF-V1").orElseThrow();
    ask(exec(), "", "rollback", "0");
    gateway.restart();
    eventually(() -> assertThat(gateway.delivered(LAMP)).containsEntry("on", false));
    assertThat(gateway.service().getSnapshots()).hasSize(3);
  }

  @Test
  void aSnapshotThatIsTakenBeforeTheChangeIsMadeIsFollowedByOneThatHasIt() throws Exception {
    put(document(component(LAMP, property("on", "Boolean", "true"))), "configurations");
    gateway.service().updateConfiguration("valve-1", Map.of("port", 7));
    assertThat(get("configurations", LAMP)).contains(">true<");
    assertThat(Files.readString(gateway.newestSnapshot())).contains(">true<", ">7<");
  }

  private static String passwordDocument(String attribute, String text) {
    return document(password(attribute, text));
  }

  private static String password(String attribute, String text) {
    return valveInstance(
        "valve-1", property("secret", "Password", text).replace("type=", attribute + " type="));
  }

  private void assertRefused(String reason, String... components) {
    assertThatThrownBy(() -> put(document(components), "configurations"))
        .isInstanceOfSatisfying(
            KuraException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(KuraErrorCode.BAD_REQUEST))
        .hasMessageContaining(reason);
  }

  private static void assertCode(KuraErrorCode code, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            KuraException.class, refused -> assertThat(refused.getCode()).isEqualTo(code));
  }

  private static String document(String... components) {
    return "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">"
        + String.join("", components)
        + "</esf:configurations>";
  }

  private static List<Long> ids(String document) {
    Matcher id = Pattern.compile("<esf:snapshotIds>(\\d+)</esf:snapshotIds>").matcher(document);
    return id.results().map(found -> Long.valueOf(found.group(1))).toList();
  }

  private String get(String... resources) throws KuraException {
    return text(ask(request -> handler.doGet(CONTEXT, request), "", resources));
  }

  private void put(String body, String... resources) throws KuraException {
    ask(request -> handler.doPut(CONTEXT, request), body, resources);
  }

  private Verb exec() {
    return request -> handler.doExec(CONTEXT, request);
  }

  private Verb del() {
    return request -> handler.doDel(CONTEXT, request);
  }

  private static KuraMessage ask(Verb verb, String body, String... resources) throws KuraException {
    KuraPayload payload = new KuraPayload();
    if (!body.isEmpty()) {
      payload.setBody(body.getBytes(StandardCharsets.UTF_8));
    }
    return verb.ask(
        new KuraMessage(new KuraRequestPayload(payload), Map.of("args", Arrays.asList(resources))));
  }

  private static String text(KuraMessage answer) {
    byte[] body = answer.getPayload().getBody();
    return body == null ? "" : new String(body, StandardCharsets.UTF_8);
  }
}
