// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class BirthTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void sendsEveryMetricAsText() {
    BirthBuilder builder = new BirthBuilder();
    for (BirthMetric metric : BirthMetric.values()) {
      builder.set(metric, "12");
    }
    KuraPayload payload = builder.build(NOW);
    assertThat(payload.metricNames())
        .hasSize(BirthMetric.values().length)
        .contains("application_ids", "jdk_vendor_version", "os");
    assertThat(payload.metrics().values()).allMatch(String.class::isInstance);
    assertThat(payload.getTimestamp()).isEqualTo(Date.from(NOW));
  }

  @Test
  void keepsKapuasLimits() {
    String digits = "1".repeat(300);
    KuraPayload payload =
        new BirthBuilder()
            .set(BirthMetric.MODEL_NAME, "x".repeat(254) + "😀")
            .set(BirthMetric.OS_VERSION, digits)
            .set(BirthMetric.MODEM_IMEI, digits)
            .set(
                BirthMetric.APPLICATION_IDS,
                IntStream.range(100, 300).mapToObj(i -> "APP-" + i).toList())
            .set(BirthMetric.CONNECTION_IP, digits.repeat(20))
            .build(NOW);
    assertThat(payload.getMetric("model_name")).isEqualTo("x".repeat(254));
    assertThat(payload.getMetric("os_version")).isEqualTo(digits.substring(45));
    assertThat(payload.getMetric("modem_imei")).isNull();
    assertThat(payload.getMetric("connection_ip")).isNull();
    assertThat((String) payload.getMetric("application_ids"))
        .hasSizeLessThanOrEqualTo(1024)
        .startsWith("APP-100,")
        .matches(".*,APP-\\d{3}");
  }

  @Test
  void writesListsWithoutBlanksAndLeavesOutWhatIsEmpty() {
    KuraPayload payload =
        new BirthBuilder()
            .set(BirthMetric.APPLICATION_IDS, List.of(" CONF-V1", "DEPLOY-V2 ", ""))
            .set(BirthMetric.PART_NUMBER, "")
            .set(BirthMetric.ACCEPT_ENCODING, "")
            .build(NOW);
    assertThat(payload.getMetric("application_ids")).isEqualTo("CONF-V1,DEPLOY-V2");
    assertThat(payload.metricNames())
        .containsExactlyInAnyOrder("application_ids", "accept_encoding");
  }

  @Test
  void writesExtendedPropertiesAsJson() {
    KuraPayload payload =
        new BirthBuilder()
            .extendedProperties(
                Map.of(
                    "kete",
                    Map.of("policy", "a\"b\\\n", "names", "é"),
                    "g".repeat(65),
                    Map.of("a", "b"),
                    "b",
                    Map.of("n".repeat(65), "v")))
            .build(NOW);
    assertThat(payload.getMetric("extended_properties"))
        .isEqualTo(
            "{\"version\":\"1.0\",\"properties\":{\"b\":{},\"kete\":{\"names\":\"\\u00e9\",\"policy\":\"a\\\"b\\\\\\u000a\"}}}");
  }
}
