// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.text.ParseException;
import java.util.Date;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class KuraPayloadTest {
  private final KuraPayload payload = new KuraPayload();

  @Test
  void newPayloadIsEmpty() {
    assertThat(payload.metrics()).isEmpty();
    assertThat(payload.getBody()).isNull();
    assertThat(payload.getPosition()).isNull();
    assertThat(payload.getTimestamp()).isNull();
  }

  @Test
  void metricsAreAddedReplacedAndRemoved() {
    payload.addMetric("a", 1);
    payload.addMetric("a", 2L);
    payload.addMetric("b", null);
    assertThat(payload.getMetric("a")).isEqualTo(2L);
    assertThat(payload.metricNames()).containsExactlyInAnyOrder("a", "b");
    Iterator<String> names = payload.metricsIterator();
    names.next();
    names.remove();
    assertThat(payload.metrics()).hasSize(1);
    payload.removeAllMetrics();
    payload.removeMetric("a");
    assertThat(payload.metrics()).isEmpty();
  }

  @Test
  void metricsCannotBeChangedThroughTheView() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> payload.metrics().put("a", 1));
  }

  @Test
  void positionKnowsOnlyWhatWasSet() {
    KuraPosition position = new KuraPosition();
    position.setLatitude(46.1);
    position.setLongitude(13.2);
    position.setSatellites(4);
    assertThat(position.getLatitude()).isEqualTo(46.1);
    assertThat(position.getLongitude()).isEqualTo(13.2);
    assertThat(position.getSatellites()).isEqualTo(4);
    assertThat(position.getAltitude()).isNull();
    assertThat(position.getStatus()).isNull();
    assertThat(position.getTimestamp()).isNull();
  }

  @Test
  void requestTakesEverythingFromThePayload() throws ParseException {
    fill();
    payload.addMetric("request.id", "r-1");
    payload.addMetric("requester.client.id", "console");
    KuraRequestPayload request = KuraRequestPayload.buildFromKuraPayload(payload);
    assertThat(request.getRequestId()).isEqualTo("r-1");
    assertThat(request.getRequesterClientId()).isEqualTo("console");
    assertThat(request.getBody()).isSameAs(payload.getBody());
    assertThat(request.getTimestamp()).isEqualTo(new Date(5));
    assertThat(request.getPosition()).isSameAs(payload.getPosition());
  }

  @Test
  void payloadWithoutRequestIdIsNoRequest() {
    assertThatExceptionOfType(ParseException.class)
        .isThrownBy(() -> KuraRequestPayload.buildFromKuraPayload(payload));
  }

  @Test
  void requestCanBeBuiltUp() {
    KuraRequestPayload request = new KuraRequestPayload();
    assertThat(request.getRequestId()).isNull();
    request.setRequestId("1");
    request.setRequesterClientId("me");
    assertThat(request.getMetric("request.id")).isEqualTo("1");
    assertThat(request.getMetric("requester.client.id")).isEqualTo("me");
  }

  @Test
  void responseCarriesCodeAndReason() {
    KuraResponsePayload response = new KuraResponsePayload(new IllegalStateException("stuck"));
    assertThat(response.getResponseCode()).isEqualTo(500);
    assertThat(response.getExceptionMessage()).isEqualTo("stuck");
    assertThat(response.getExceptionStack()).contains("responseCarriesCodeAndReason");
    assertThat(response.getMetric("response.code")).isEqualTo(500);
    assertThat(response.metricNames())
        .contains("response.exception.message", "response.exception.stack");
    response.setResponseCode(400);
    response.setExceptionMessage(null);
    assertThat(response.getResponseCode()).isEqualTo(400);
    assertThat(response.getExceptionMessage()).isEqualTo("stuck");
  }

  @Test
  void responseLeavesTimeAndPositionOfThePayload() {
    fill();
    KuraResponsePayload response = new KuraResponsePayload(payload);
    assertThat(response.getBody()).isSameAs(payload.getBody());
    assertThat(response.getMetric("a")).isEqualTo(1);
    assertThat(response.getTimestamp()).isNull();
    assertThatIllegalStateException().isThrownBy(response::getResponseCode);
    assertThat(new KuraResponsePayload(200).getExceptionStack()).isNull();
  }

  @Test
  void alertChecksItsOwnMetrics() {
    KuraAlertPayload alert =
        new KuraAlertPayload(" disk ", KuraAlertSeverity.WARNING, KuraAlertStatus.ACTIVE);
    alert.addMetric("alert_severity", "CRITICAL");
    alert.addMetric("alert_status", "RESET");
    alert.addMetric("alert_message", "90 % full");
    alert.setCreationTimestamp(new Date(1_000));
    assertThat(alert.getCode()).isEqualTo("disk");
    assertThat(alert.getSeverity()).isEqualTo(KuraAlertSeverity.CRITICAL);
    assertThat(alert.getStatus()).isEqualTo(KuraAlertStatus.RESET);
    assertThat(alert.getMessage()).isEqualTo("90 % full");
    assertThat(alert.getCreationTimestamp()).isEqualTo(new Date(1_000));
    alert.setMessage(null);
    assertThat(alert.metricNames()).doesNotContain("alert_message");
    assertThatIllegalArgumentException().isThrownBy(() -> alert.setCode(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> alert.addMetric("alert_status", "OFF"));
  }

  private void fill() {
    payload.addMetric("a", 1);
    payload.setBody(new byte[] {1});
    payload.setTimestamp(new Date(5));
    payload.setPosition(new KuraPosition());
  }
}
