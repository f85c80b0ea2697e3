// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** TLS to a real broker and to servers of packages: who is trusted, and what a refusal says. */
public class TlsConformanceIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String KEYSTORE =
      "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl";
  private static final String TLS = "org.eclipse.kura.ssl.SslManagerService";
  private static final String CLIENT = "tls-";

  /** Kinds of listeners; the gateway has a connection to each. */
  private static final List<String> REFUSED = List.of("authority", "host", "expired", "client");

  private static Authority ours;
  private static Authority others;
  private static TlsBroker broker;
  private static Installed gateway;
  private static Console console;

  @BeforeClass
  public static void setUp() throws Exception {
    assumeTrue("mosquitto is not installed", TestBroker.mosquitto().isPresent());
    assumeTrue(
        "the distribution is not built",
        Files.isRegularFile(Installed.product().resolve("bin/kete")));
    Path folder =
        Path.of(System.getProperty("kete.root", ".."), "itests/target/it/conformance-tls")
            .toAbsolutePath()
            .normalize();
    Files.createDirectories(folder);
    ours = new Authority("ours");
    others = new Authority("others");
    broker =
        TlsBroker.start(
            folder,
            ours,
            Map.of(
                "good", ours.identity("localhost", Authority.VALID),
                "authority", others.identity("localhost", Authority.VALID),
                "host", ours.identity("broker.example", Authority.VALID),
                "expired", ours.identity("localhost", Authority.EXPIRED),
                "client", ours.identity("localhost", Authority.VALID)));
    Path trust = folder.resolve("trust.p12");
    Path own = folder.resolve("own.p12");
    ours.keystore(trust);
    ours.keystore(own, ours.identity("gateway", Authority.VALID));
    console = new Console("tcp://127.0.0.1:" + broker.plain(), CLIENT + "good");
    gateway = Installed.start(folder.resolve("gateway"), seed(trust, own));
  }

  private static String seed(Path trust, Path own) {
    StringBuilder all = new StringBuilder();
    all.append(keystore("trust", trust)).append(keystore("own", own));
    for (String name : List.of("good", "authority", "host", "expired", "client")) {
      all.append(connection(name, name, "trust"));
    }
    all.append(connection("mutual", "client", "own"));
    all.append(
        Stage.component(
            "io.kete.container.deploy.Deployment",
            Stage.property("settle.millis", "Integer", "300")));
    return Stage.document(all.toString());
  }

  private static String keystore(String name, Path file) {
    String target = "(kura.service.pid=" + name + ")";
    return Stage.instance(
            KEYSTORE,
            name,
            Stage.property("keystore.path", "String", file.toString())
                + Stage.property("keystore.password", "Password", Authority.PASSWORD))
        + Stage.instance(
            TLS,
            "tls-" + name,
            Stage.property("TruststoreKeystoreService.target", "String", target)
                + Stage.property("KeystoreService.target", "String", target));
  }

  private static String connection(String name, String listener, String keys) {
    return Stage.instance(
            Stage.CLOUD,
            "cloud-" + name,
            Stage.property("DataService.target", "String", "(kura.service.pid=data-" + name + ")"))
        + Stage.instance(
            Stage.DATA,
            "data-" + name,
            Stage.property(
                    "DataTransportService.target",
                    "String",
                    "(kura.service.pid=transport-" + name + ")")
                + Stage.property("connect.auto-on-startup", "Boolean", "true")
                + Stage.property("connect.retry-interval", "Integer", "1"))
        + Stage.instance(
            Stage.TRANSPORT,
            "transport-" + name,
            Stage.property("broker-url", "String", broker.url(listener))
                + Stage.property("topic.context.account-name", "String", Console.ACCOUNT)
                + Stage.property("client-id", "String", CLIENT + name)
                + Stage.property(
                    "SslManagerService.target", "String", "(kura.service.pid=tls-" + keys + ")"));
  }

  @AfterClass
  public static void tearDown() throws Exception {
    if (gateway != null) {
      gateway.close();
      console.close();
      broker.close();
    }
  }

  @Test
  @Requirement({"KETE-CONN-1", "KETE-CONN-6"})
  public void aTrustedBrokerIsConnectedToAndShownTheGatewaysCertificateWhenItAsks() {
    for (String name : List.of("good", "mutual")) {
      console.awaitTrue("BIRTH over TLS of " + name, SOON, () -> hasBirth(name));
    }
  }

  @Test
  @Requirement({"KETE-CONN-5", "KETE-CONN-6"})
  public void eachRefusalNamesItsCause() {
    Map<String, String> causes =
        Map.of(
            "authority", "tls_untrusted",
            "host", "tls_host_name",
            "expired", "tls_expired",
            "client", "tls_client_certificate");
    causes.forEach(
        (name, cause) ->
            console.awaitTrue(
                cause,
                SOON,
                () ->
                    said(
                        "connect_failed broker=" + broker.url(name) + " cause=" + cause + " do=")));
    REFUSED.forEach(name -> assertThat(hasBirth(name)).as("BIRTH of " + name).isFalse());
  }

  @Test
  @Requirement("KETE-DEPLOY-7")
  public void aPackageIsTakenOverHttpsFromATrustedServerOnly() throws Exception {
    console.awaitTrue("BIRTH", SOON, () -> hasBirth("good"));
    refused(1, others.identity("localhost", Authority.VALID), "nobody the gateway trusts");
    refused(2, ours.identity("packages.example", Authority.VALID), "for another name");
    refused(3, ours.identity("localhost", Authority.EXPIRED), "has expired");
    try (Packages packages =
        Packages.secured(ours.identity("localhost", Authority.VALID).context())) {
      Console.Notification end = end(4, packages);
      assertThat(end.status()).as(end.message()).isEqualTo("COMPLETED");
    }
  }

  private static void refused(long job, Authority.Identity server, String reason) throws Exception {
    try (Packages packages = Packages.secured(server.context())) {
      Console.Notification end = end(job, packages);
      assertThat(end.status()).isEqualTo("FAILED");
      assertThat(end.message()).contains(reason);
    }
  }

  private static Console.Notification end(long job, Packages packages) {
    Map<String, Object> order =
        Packages.order(job, packages.url("1.0.0.dp"), packages.hash("1.0.0"));
    console.awaitTrue(
        "DEPLOY-V2 takes the order",
        SOON,
        () -> console.exec("DEPLOY-V2", "download", order).code() == 200);
    return console.end(job, "install");
  }

  private static boolean hasBirth(String name) {
    return console.any("$EDC/" + Console.ACCOUNT + "/" + CLIENT + name + "/MQTT/BIRTH").isPresent();
  }

  private static boolean said(String text) {
    try {
      return gateway.log().contains(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
