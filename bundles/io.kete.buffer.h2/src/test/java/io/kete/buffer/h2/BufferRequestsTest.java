// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.h2.StreamSettings.WhenFull;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BufferRequestsTest {

  private static final RequestHandlerContext CONTEXT =
      new RequestHandlerContext(
          (CloudNotificationPublisher)
              Proxy.newProxyInstance(
                  CloudNotificationPublisher.class.getClassLoader(),
                  new Class<?>[] {CloudNotificationPublisher.class},
                  (proxy, method, arguments) -> ""),
          Map.of());

  @TempDir Path directory;

  private final BufferRequests requests = new BufferRequests();

  private static KuraMessage request(String... resources) {
    return new KuraMessage(
        new KuraPayload(),
        Map.of(RequestHandlerMessageConstants.ARGS_KEY.value(), List.of(resources)));
  }

  @Test
  void tellsTheAccountOfEachStream() throws KuraException {
    StreamSettings small =
        Bench.settings(directory + "/s", 4L * Bench.SEGMENT, WhenFull.DROP_OLDEST, 64);
    try (Bench bench = new Bench(small)) {
      requests.bindStream(bench.stream);
      bench.appendAll(1, 3000);
      for (KuraMessage asked : List.of(request("state"), request("streams", "telemetry"))) {
        KuraPayload state = requests.doGet(CONTEXT, asked).getPayload();
        assertThat(state.getMetric("telemetry.accepted")).isEqualTo(3000L);
        assertThat((Long) state.getMetric("telemetry.dropped.max-bytes")).isPositive();
        assertThat(state.getMetric("telemetry.problems")).isEqualTo("");
      }
      requests.unbindStream(bench.stream);
      assertThat(requests.doGet(CONTEXT, request("state")).getPayload().metricNames())
          .noneMatch(name -> name.startsWith("telemetry."));
    }
  }

  @Test
  void triesAgainAtOnceWhatFailed() throws KuraException {
    FaultyDisk.insert();
    FaultyDisk.failAfter(0);
    try (Bench bench = new Bench(Bench.settings("faulty:" + directory + "/s"))) {
      requests.bindStream(bench.stream);
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> bench.stream.status().problems().toString().contains("No space"));
      FaultyDisk.failAfter(Long.MAX_VALUE);
      requests.doExec(CONTEXT, request("streams", "telemetry", "resume"));
      await().atMost(5, TimeUnit.SECONDS).until(() -> bench.stream.status().problems().isEmpty());
    }
  }

  @Test
  void answersNotFoundToWhatItDoesNotKnow() {
    assertThatThrownBy(() -> requests.doGet(CONTEXT, request("streams", "none")))
        .isInstanceOfSatisfying(
            KuraException.class, e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.NOT_FOUND));
    assertThatThrownBy(() -> requests.doExec(CONTEXT, request("streams", "none", "drop")))
        .isInstanceOf(KuraException.class);
    assertThatThrownBy(() -> requests.doGet(CONTEXT, request())).isInstanceOf(KuraException.class);
  }
}
