// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.Sample;
import io.kete.policy.api.DataPolicy;
import io.kete.policy.api.PolicyIdentity;
import io.kete.policy.api.Resealed;
import io.kete.policy.api.Sealing;
import io.kete.policy.api.Treatment;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraRequestPayload;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AssetRequestsTest {

  private static final RequestHandlerContext CONTEXT =
      new RequestHandlerContext(
          (CloudNotificationPublisher)
              Proxy.newProxyInstance(
                  CloudNotificationPublisher.class.getClassLoader(),
                  new Class<?>[] {CloudNotificationPublisher.class},
                  (proxy, method, arguments) -> ""),
          Map.of());

  private final FakeDriver device = new FakeDriver();
  private final Map<String, Treatment> treatments = new HashMap<>();
  private final AssetRequests requests = new AssetRequests();
  private final Policy policy = new Policy();

  @BeforeEach
  void connectAPump() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("kura.service.pid", "pump-1");
    properties.put("driver.pid", "plc");
    channel(properties, "flow", "READ", "DOUBLE", 42);
    channel(properties, "recipe", "READ_WRITE", "INTEGER", 7);
    channel(properties, "stop", "WRITE", "BOOLEAN", 1);
    WireAsset asset =
        new WireAsset(AssetSettings.of(properties), () -> Optional.of(device), () -> {});
    requests.bindAsset(asset, Map.of("kura.service.pid", "pump-1"));
    treatments.put("pump-1/flow", Treatment.PLAIN);
    requests.bindPolicy(policy);
  }

  private static void channel(
      Map<String, Object> properties, String name, String mode, String type, int address) {
    properties.put(name + "#+name", name);
    properties.put(name + "#+type", mode);
    properties.put(name + "#+enabled", "true");
    properties.put(name + "#+value.type", type);
    properties.put(name + "#address", address);
  }

  @Tag("KETE-ASSET-1")
  @Test
  void listsAssetsWithTypesAndModesAsKapuaReadsThem() throws Exception {
    assertThat(get("assets", ""))
        .isEqualTo(
            "[{\"name\":\"pump-1\",\"channels\":["
                + "{\"name\":\"flow\",\"type\":\"DOUBLE\",\"mode\":\"READ\"},"
                + "{\"name\":\"recipe\",\"type\":\"INTEGER\",\"mode\":\"READ_WRITE\"},"
                + "{\"name\":\"stop\",\"type\":\"BOOLEAN\",\"mode\":\"WRITE\"}]}]");
    assertThat(get("assets", "[{\"name\":\"nobody\"}]"))
        .isEqualTo("[{\"name\":\"nobody\",\"error\":\"Asset not found\"}]");
  }

  @Tag("KETE-ASSET-2")
  @Test
  void readsWhatThePolicyLetsLeaveInClearAndAsksTheDeviceForNothingElse() throws Exception {
    String all = exec("read", "");
    assertThat(all)
        .contains("{\"name\":\"flow\",\"type\":\"DOUBLE\",\"value\":\"42.0\",\"timestamp\":1234}")
        .doesNotContain("\"7\"");
    assertThat(error(all, "recipe")).contains("withheld");
    assertThat(device.asked).extracting(r -> r.getChannelName()).containsExactly("flow");
    for (Treatment treatment : Treatment.values()) {
      treatments.put("pump-1/recipe", treatment);
      String told = exec("read", "[{\"name\":\"pump-1\",\"channels\":[{\"name\":\"recipe\"}]}]");
      assertThat(told.contains("\"7\"")).as(told).isEqualTo(treatment == Treatment.PLAIN);
    }
  }

  @Test
  void withoutAPolicyNoValueLeaves() throws Exception {
    requests.unbindPolicy(policy);
    assertThat(error(exec("read", ""), "flow")).contains("no data policy");
    assertThat(device.asked).isEmpty();
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    treatments.put("pump-1/none", Treatment.PLAIN);
    treatments.put("pump-1/stop", Treatment.PLAIN);
    String told =
        exec(
            "read",
            "[{\"name\":\"x\"},{\"name\":\"pump-1\",\"channels\":[{\"name\":\"none\"},{\"name\":\"stop\"}]}]");
    assertThat(told).contains("Asset not found");
    assertThat(error(told, "none")).isEqualTo("Channel not available");
    assertThat(error(told, "stop")).contains("WRITE only");
    device.reachable = false;
    assertThat(error(exec("read", ""), "flow")).contains("the device is away");
  }

  @Tag("KETE-ASSET-3")
  @Test
  void writesAndTellsTheOutcomeOfEachChannel() throws Exception {
    String told =
        exec(
            "write",
            "[{\"name\":\"pump-1\",\"channels\":["
                + "{\"name\":\"recipe\",\"type\":\"INTEGER\",\"value\":\"9\"},"
                + "{\"name\":\"stop\",\"type\":\"BOOLEAN\",\"value\":\"maybe\"},"
                + "{\"name\":\"flow\",\"type\":\"DOUBLE\",\"value\":\"1\"},"
                + "{\"name\":\"x\"}]}]");
    assertThat(device.written)
        .containsExactlyEntriesOf(Map.of("recipe", TypedValues.newIntegerValue(9)));
    assertThat(error(told, "recipe")).isEmpty();
    assertThat(error(told, "stop")).contains("neither true nor false");
    assertThat(error(told, "flow")).contains("READ only");
    assertThat(error(told, "x")).contains("type and value");
  }

  @Test
  void refusesWhatIsNoRequest() {
    assertRefused(KuraErrorCode.NOT_FOUND, () -> get("read", ""));
    assertRefused(KuraErrorCode.NOT_FOUND, () -> exec("assets", ""));
    assertRefused(KuraErrorCode.BAD_REQUEST, () -> get("", ""));
    assertRefused(KuraErrorCode.BAD_REQUEST, () -> exec("write", ""));
    for (String body :
        List.of(
            "{",
            "{}",
            "[1]",
            "[{}]",
            "[{\"name\":1}]",
            "[{\"name\":\"a\",\"channels\":{}}]",
            "[{\"name\":\"a\",\"channels\":[{\"name\":\"b\",\"type\":\"double\"}]}]",
            "[".repeat(100_000))) {
      assertRefused(KuraErrorCode.BAD_REQUEST, () -> exec("read", body));
    }
    assertRefused(KuraErrorCode.BAD_REQUEST, () -> exec("read", "[" + " ".repeat(1 << 20) + "]"));
  }

  @Test
  void survivesHostileBodies() {
    Random random = new Random(5);
    String good =
        "[{\"name\":\"pump-1\",\"channels\":[{\"name\":\"flow\",\"type\":\"DOUBLE\",\"value\":\"1\"}]}]";
    for (int i = 0; i < 20_000; i++) {
      byte[] body = good.getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      try {
        AssetWish.parse(body);
      } catch (KuraException refused) {
        assertThat(refused.getCode()).isEqualTo(KuraErrorCode.BAD_REQUEST);
      }
    }
  }

  private interface Request {
    Object send() throws KuraException;
  }

  private static void assertRefused(KuraErrorCode code, Request request) {
    assertThatThrownBy(request::send)
        .isInstanceOfSatisfying(
            KuraException.class, refused -> assertThat(refused.getCode()).isEqualTo(code));
  }

  private static String error(String answer, String channel) {
    for (JsonValue asset : Json.parse(answer).asArray()) {
      JsonValue channels = asset.asObject().get("channels");
      if (channels != null) {
        for (JsonValue each : channels.asArray()) {
          JsonObject told = each.asObject();
          if (told.getString("name", "").equals(channel)) {
            return told.getString("error", "");
          }
        }
      }
    }
    throw new AssertionError(channel + " is not in " + answer);
  }

  private String get(String resource, String body) throws KuraException {
    return text(requests.doGet(CONTEXT, message(resource, body)));
  }

  private String exec(String resource, String body) throws KuraException {
    return text(requests.doExec(CONTEXT, message(resource, body)));
  }

  private static KuraMessage message(String resource, String body) {
    KuraPayload payload = new KuraPayload();
    payload.setBody(body.getBytes(StandardCharsets.UTF_8));
    return new KuraMessage(
        new KuraRequestPayload(payload),
        Map.of("args", resource.isEmpty() ? List.of() : List.of(resource)));
  }

  private static String text(KuraMessage answer) {
    byte[] body = answer.getPayload().getBody();
    return body == null ? "" : new String(body, StandardCharsets.UTF_8);
  }

  /** Only says how channels are treated; unknown ones are sealed. */
  private final class Policy implements DataPolicy {

    @Override
    public Treatment treatment(String asset, String channel) {
      return treatments.getOrDefault(asset + "/" + channel, Treatment.SEAL);
    }

    @Override
    public Sealing seal(BlockId id, List<Sample> samples) {
      throw new AssertionError("not asked here");
    }

    @Override
    public Optional<Resealed> reseal(List<Block> blocks, Function<List<Block>, byte[]> form) {
      return Optional.empty();
    }

    @Override
    public Set<String> erasedEpochs() {
      return Set.of();
    }

    @Override
    public PolicyIdentity identity() {
      return new PolicyIdentity("1", "");
    }
  }
}
