// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.container.deploy.Requests;
import io.kete.container.deploy.install.Packages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

class InventoryRequestsTest {

  @TempDir Path directory;

  private final List<String> orders = new ArrayList<>();
  private Framework framework;
  private InventoryRequests requests;

  @BeforeEach
  void installTwoVersionsOfABundle() throws BundleException, IOException {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    directory.resolve("cache").toString(),
                    Constants.FRAMEWORK_BSNVERSION,
                    Constants.FRAMEWORK_BSNVERSION_MULTIPLE));
    framework.start();
    install("1.2.0");
    install("1.10.0");
    requests =
        new InventoryRequests(
            framework.getBundleContext(),
            () -> List.of(new Packages.Line("pumps", "3.0.0", List.of(Map.entry("a", "1.0.0")))),
            (what, id) -> {
              orders.add(what + " " + id);
              return new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
            });
  }

  private void install(String version) throws BundleException, IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, "pump.driver");
    manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.finish();
    }
    framework
        .getBundleContext()
        .installBundle("pump-" + version, new ByteArrayInputStream(bytes.toByteArray()));
  }

  @AfterEach
  void stop() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(TimeUnit.SECONDS.toMillis(10));
  }

  @Tag("KETE-INV-1")
  @Test
  void listsWhatIsThereInTheNamesThatKapuaReads() throws KuraException {
    assertThat(body(get("bundles")))
        .startsWith("{\"bundles\":[{\"name\":\"org.apache.felix.framework\",")
        .contains("\"id\":0,\"state\":\"ACTIVE\",\"signed\":false}")
        .endsWith(
            "{\"name\":\"pump.driver\",\"version\":\"1.2.0\",\"id\":1,\"state\":\"INSTALLED\","
                + "\"signed\":false},{\"name\":\"pump.driver\",\"version\":\"1.10.0\",\"id\":2,"
                + "\"state\":\"INSTALLED\",\"signed\":false}]}");
    assertThat(body(get("deploymentPackages")))
        .isEqualTo(
            "{\"deploymentPackages\":[{\"name\":\"pumps\",\"version\":\"3.0.0\","
                + "\"bundles\":[{\"name\":\"a\",\"version\":\"1.0.0\"}]}]}");
    assertThat(body(get("inventory")))
        .startsWith("{\"inventory\":[")
        .contains("{\"name\":\"pump.driver\",\"version\":\"1.2.0\",\"type\":\"BUNDLE\"}")
        .endsWith("{\"name\":\"pumps\",\"version\":\"3.0.0\",\"type\":\"DP\"}]}");
    for (String none : List.of("systemPackages", "containers", "images")) {
      assertThat(body(get(none))).isEqualTo("{\"" + none + "\":[]}");
    }
  }

  @Tag("KETE-INV-2")
  @Test
  void startsAndStopsTheBundleThatIsNamedTheNewestIfNoVersionIs() throws KuraException {
    assertThat(code(exec("bundles/_start", "{\"name\":\"pump.driver\",\"version\":\"1.2.0\"}")))
        .isEqualTo(200);
    assertThat(code(exec("bundles/_stop", "{\"name\":\"pump.driver\",\"id\":7}"))).isEqualTo(200);
    assertThat(orders).containsExactly("start 1", "stop 2");
  }

  @Tag("KETE-INV-2")
  @Test
  void whatIsNotThereIsNotFoundAndNothingIsDone() throws KuraException {
    KuraPayload answer = exec("bundles/_stop", "{\"name\":\"pump.driver\",\"version\":\"9\"}");
    assertThat(code(answer)).isEqualTo(404);
    assertThat(((KuraResponsePayload) answer).getExceptionMessage()).contains("pump.driver 9");
    assertThat(code(exec("containers/_start", "{\"name\":\"x\"}"))).isEqualTo(404);
    assertThat(code(get("nothing"))).isEqualTo(404);
    assertThat(code(exec("bundles", "{}"))).isEqualTo(404);
    assertThat(code(get(""))).isEqualTo(400);
    assertThat(orders).isEmpty();
  }

  @Tag("KETE-INV-2")
  @Test
  void whatIsNoItemIsRefusedWithTheReason() {
    refuses("", "no JSON");
    refuses("[]", "no object");
    refuses("{}", "name is missing");
    refuses("{\"name\":7}", "name is no text");
    refuses("{\"name\":\"x\",\"version\":{}}", "version is no text");
    refuses(" ".repeat(Item.MAX_BODY) + "{}", "more than");
    refuses("[".repeat(60_000), "no JSON");
    assertThat(orders).isEmpty();
  }

  private void refuses(String body, String reason) {
    assertThatThrownBy(() -> exec("bundles/_start", body))
        .isInstanceOfSatisfying(
            KuraException.class, e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.BAD_REQUEST))
        .hasMessageContaining(reason);
  }

  @Test
  void randomBytesAreReadOrRefused() throws KuraException {
    Random random = new Random(17);
    byte[] good =
        "{\"name\":\"pump.driver\",\"version\":\"1.2.0\"}".getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Item.parse(bytes).name()).isNotEmpty();
        read++;
      } catch (KuraException e) {
        assertThat(e.getCode()).isEqualTo(KuraErrorCode.BAD_REQUEST);
      }
    }
    assertThat(read).isBetween(1, 99_999);
  }

  private KuraPayload get(String resource) throws KuraException {
    return requests.doGet(Requests.CONTEXT, Requests.of(resource, "")).getPayload();
  }

  private KuraPayload exec(String resource, String body) throws KuraException {
    return requests.doExec(Requests.CONTEXT, Requests.of(resource, body)).getPayload();
  }

  private static String body(KuraPayload payload) {
    return new String(payload.getBody(), StandardCharsets.UTF_8);
  }

  private static int code(KuraPayload payload) {
    return payload.getMetric(KuraResponsePayload.METRIC_RESPONSE_CODE) instanceof Integer code
        ? code
        : -1;
  }
}
