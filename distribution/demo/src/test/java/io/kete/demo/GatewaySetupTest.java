// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.eclipsesource.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class GatewaySetupTest {
  private static final String NAMESPACE = "http://eurotech.com/esf/2.0";

  @TempDir Path folder;

  private Plan plan() throws IOException {
    Path home = folder.resolve("home");
    Path templates = Files.createDirectories(home.resolve("kura-config/demo"));
    for (String name : new String[] {"snapshot_0.xml", "policy.json"}) {
      Files.copy(Path.of("../../kura-config/demo").resolve(name), templates.resolve(name));
    }
    Path models = Files.createDirectories(home.resolve("models"));
    for (String version : List.of("1.0.0", "2.0.0", "3.0.0")) {
      Path bundle = models.resolve("io.kete.models.pump.anomaly-" + version + ".jar");
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
        for (String entry : List.of("META-INF/MANIFEST.MF", "model/model.json", "model/m.onnx")) {
          zip.putNextEntry(new ZipEntry(entry));
          zip.write("{\"file\":\"m.onnx\"}".getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return new Plan(
        home, folder.resolve("run"), 60, Optional.of(BrokerUrl.parse("tcp://me:a%3Cb&c@host")), 1);
  }

  @Test
  void fillsEveryPlaceholderOfTheSnapshot() throws Exception {
    Plan plan = plan();
    try (RunDirectory directory = RunDirectory.take(plan.directory())) {
      new GatewaySetup(plan, directory, "pump-station-1").write(1502, 11883);
      Map<String, Map<String, String>> components =
          components(directory.gateway().resolve("user/snapshots/snapshot_0.xml"));
      Map<String, String> transport =
          components.getOrDefault(
              "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport", Map.of());
      assertThat(transport)
          .containsEntry("broker-url", "mqtt://127.0.0.1:11883")
          .containsEntry("username", "me")
          .containsEntry("password", "a<b&c")
          .containsEntry("client-id", "pump-station-1");
      assertThat(components.getOrDefault("pump-plc", Map.of())).containsEntry("port", "1502");
      assertThat(components.getOrDefault("pump", Map.of()).getOrDefault("route", ""))
          .contains("channel=current&delta=0.25", "channel=temperature&delta=0.5");
    }
  }

  @Test
  void signsThePolicyWithTheAnchorItInstalls() throws Exception {
    Plan plan = plan();
    try (RunDirectory directory = RunDirectory.take(plan.directory())) {
      Identity centre = new GatewaySetup(plan, directory, "pump-station-1").write(1502, 11883);
      Path user = directory.gateway().resolve("user");
      byte[] policy = Files.readAllBytes(user.resolve("policy.json"));
      assertThat(
              Json.parse(new String(policy, StandardCharsets.UTF_8))
                  .asObject()
                  .getInt("version", 0))
          .isEqualTo(1);
      CMSSignedData signature =
          new CMSSignedData(
              new CMSProcessableByteArray(policy),
              Files.readAllBytes(user.resolve("policy.json.p7s")));
      X509Certificate site = certificate(user.resolve("anchors/policy/site.pem"));
      assertThat(
              signature
                  .getSignerInfos()
                  .iterator()
                  .next()
                  .verify(new JcaSimpleSignerInfoVerifierBuilder().build(site)))
          .isTrue();
      assertThat(certificate(user.resolve("certificates/centre.pem")))
          .isEqualTo(centre.certificate());
      assertThat(directory.root().resolve("centre/centre.key.pem")).exists();
      try (var files = Files.walk(directory.gateway())) {
        assertThat(files.map(String::valueOf)).noneMatch(name -> name.contains("key"));
      }
    }
  }

  @Test
  void signsTheModelsAsTheInventorySays() throws Exception {
    Plan plan = plan();
    try (RunDirectory directory = RunDirectory.take(plan.directory())) {
      new GatewaySetup(plan, directory, "pump-station-1").write(1502, 11883);
      assertThat(directory.gateway().resolve("packages/kete-model-pump-anomaly.dp"))
          .hasSameBinaryContentAs(directory.modelPackage("1.0.0"));
      Path first = directory.model("1.0.0");
      byte[] content = "{\"file\":\"m.onnx\"}".getBytes(StandardCharsets.UTF_8);
      String digest =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      String inventory = digest + "  model.json\n" + digest + "  m.onnx\n";
      X509Certificate trainer =
          certificate(directory.gateway().resolve("user/anchors/model/trainer.pem"));
      for (Path file : List.of(first, directory.model("2.0.0"), directory.model("3.0.0"))) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
          CMSSignedData signature =
              new CMSSignedData(
                  new CMSProcessableByteArray(inventory.getBytes(StandardCharsets.UTF_8)),
                  zip.getInputStream(zip.getEntry("model/model.p7s")).readAllBytes());
          assertThat(
                  signature
                      .getSignerInfos()
                      .iterator()
                      .next()
                      .verify(new JcaSimpleSignerInfoVerifierBuilder().build(trainer)))
              .isTrue();
        }
      }
    }
  }

  @Test
  void namesTheLineOfAnUnknownPlaceholder() throws IOException {
    Path file = Files.writeString(folder.resolve("x.xml"), "one\n<a>@known@</a>\n<b>@unknown@</b>");
    assertThatIOException()
        .isThrownBy(() -> Template.fill(file, Map.of("known", "1")))
        .withMessageContaining("line 3: unknown placeholder @unknown@");
    assertThat(Template.fill(file, Map.of("known", "1", "unknown", "<&")))
        .contains("<b>&lt;&amp;</b>");
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static Map<String, Map<String, String>> components(Path snapshot) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(snapshot.toFile());
    Map<String, Map<String, String>> components = new HashMap<>();
    NodeList configurations = document.getElementsByTagNameNS(NAMESPACE, "configuration");
    for (int i = 0; i < configurations.getLength(); i++) {
      Element configuration = (Element) configurations.item(i);
      Map<String, String> properties = new HashMap<>();
      NodeList nodes = configuration.getElementsByTagNameNS(NAMESPACE, "property");
      for (int j = 0; j < nodes.getLength(); j++) {
        properties.put(
            ((Element) nodes.item(j)).getAttribute("name"), nodes.item(j).getTextContent().strip());
      }
      components.put(configuration.getAttribute("pid"), properties);
    }
    return components;
  }
}
