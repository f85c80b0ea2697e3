// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  private final KapuaAddress address = new KapuaAddress("$EDC", "acme", new ClientId("gw-1"));

  @Tag("KETE-TOPIC-1")
  @Tag("KETE-TOPIC-3")
  @Test
  void makesTheTopicsKapuaExpects() {
    assertThat(address.lifecycle(Lifecycle.BIRTH)).isEqualTo("$EDC/acme/gw-1/MQTT/BIRTH");
    assertThat(address.requestFilter()).isEqualTo("$EDC/acme/gw-1/#");
    assertThat(address.data("W1", "A1/pump")).isEqualTo("acme/gw-1/W1/A1/pump");
    assertThat(address.data("W1", "")).isEqualTo("acme/gw-1/W1");
    assertThat(address.control("APP", "x/+")).isEqualTo("$EDC/acme/gw-1/APP/x/+");
    assertThat(address.reply("KapuaPool-1", "CONF-V1", "-42"))
        .isEqualTo("$EDC/acme/KapuaPool-1/CONF-V1/REPLY/-42");
    assertThat(address.notification("KapuaPool-1", "DEPLOY-V2", "install"))
        .isEqualTo("$EDC/acme/KapuaPool-1/DEPLOY-V2/NOTIFY/gw-1/install");
    assertThat(address.resolve("$EDC/#account-name/#client-id/MQTT/LWT"))
        .isEqualTo("$EDC/acme/gw-1/MQTT/LWT");
  }

  @Test
  void readsRequests() {
    assertThat(address.request("$EDC/acme/gw-1/CONF-V1/GET/configurations/some.pid"))
        .contains(new RequestTopic("CONF-V1", "GET", List.of("configurations", "some.pid")));
    assertThat(address.request("$EDC/acme/gw-1/CONF-V1"))
        .contains(new RequestTopic("CONF-V1", "", List.of()));
    assertThat(address.request("$EDC/acme/gw-1/")).isEmpty();
    assertThat(address.request("$EDC/acme/gw-10/CONF-V1/GET/x")).isEmpty();
    assertThat(address.request("acme/gw-1/CONF-V1/GET/x")).isEmpty();
    assertThat(address.request("$EDC/acme/gw-1/A" + "/x".repeat(100))).isEmpty();
  }

  @Test
  void matchesFilters() {
    assertThat(KapuaAddress.matches("a/#", "a/b/c")).isTrue();
    assertThat(KapuaAddress.matches("a/#", "a")).isTrue();
    assertThat(KapuaAddress.matches("a/+/c", "a/b/c")).isTrue();
    assertThat(KapuaAddress.matches("a/+", "a/b/c")).isFalse();
    assertThat(KapuaAddress.matches("a/+/c", "a")).isFalse();
    assertThat(KapuaAddress.matches("a/b", "a/b")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a/b", "a#", "a+", "a*", "a&b", "a,b", "a?", "a>", "a::b", "a\u0000"})
  void refusesClientIdsKapuaRefuses(String clientId) {
    assertThatThrownBy(() -> new ClientId(clientId)).isInstanceOf(IllegalArgumentException.class);
  }

  @Tag("KETE-CONN-2")
  @Test
  void treatsAConfiguredClientIdAsKuraDoes() {
    assertThat(ClientId.configured("a/b+c#d")).hasToString("a-b-c-d");
    assertThat(new ClientId("x".repeat(255)).value()).hasSize(255);
    assertThatThrownBy(() -> ClientId.configured("x".repeat(256))).hasMessageContaining("255");
    assertThatThrownBy(() -> ClientId.configured("a,b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KapuaAddress("$EDC", "a/b", new ClientId("x")))
        .hasMessageContaining("account");
  }

  @Test
  void answersOnlyRequestsThatNameThemselves() {
    RequestTopic topic = new RequestTopic("CONF-V1", "GET", List.of("configurations"));
    KuraPayload payload = new KuraPayload();
    assertThat(ManagementRequest.of(topic, payload)).isEmpty();
    payload.addMetric("request.id", 42L);
    payload.addMetric("requester.client.id", "KapuaPool-1");
    assertThat(ManagementRequest.of(topic, payload)).isEmpty();
    payload.addMetric("request.id", "42/../x");
    assertThat(ManagementRequest.of(topic, payload)).isEmpty();
    payload.addMetric("request.id", "-42");
    assertThat(ManagementRequest.of(topic, payload))
        .hasValueSatisfying(
            request -> {
              assertThat(request.requestId()).isEqualTo("-42");
              assertThat(request.requester()).isEqualTo("KapuaPool-1");
            });
  }

  @Test
  void answersWithCodesKapuaKnowsAsInt32() {
    assertThat(Replies.answered(new KuraPayload()).getMetric("response.code")).isEqualTo(200);
    KuraPayload own = new KuraPayload();
    own.addMetric("response.code", 404);
    assertThat(Replies.answered(own).getMetric("response.code")).isEqualTo(404);
    own.addMetric("response.code", 200L);
    assertThat(Replies.answered(own).getMetric("response.code")).isEqualTo(200);
    assertThat(code(KuraErrorCode.BAD_REQUEST)).isEqualTo(400);
    assertThat(code(KuraErrorCode.NOT_FOUND)).isEqualTo(404);
    assertThat(code(KuraErrorCode.IO_ERROR)).isEqualTo(500);
    assertThatThrownBy(() -> Replies.refused(418, "teapot"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Replies.refused(400, "why").getMetric("response.exception.message"))
        .isEqualTo("why");
  }

  private static @Nullable Object code(KuraErrorCode code) {
    return Replies.refused(new KuraException(code)).getMetric("response.code");
  }
}
