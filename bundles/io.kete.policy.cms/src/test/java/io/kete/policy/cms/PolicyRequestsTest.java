// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static io.kete.policy.cms.PolicyBench.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyRequestsTest {

  private static final RequestHandlerContext NOBODY =
      new RequestHandlerContext(
          (CloudNotificationPublisher)
              Proxy.newProxyInstance(
                  PolicyRequestsTest.class.getClassLoader(),
                  new Class<?>[] {CloudNotificationPublisher.class},
                  (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                  }),
          Map.of());

  private final Map<String, RequestHandler> handlers = new HashMap<>();
  private final RequestHandlerRegistry registry =
      new RequestHandlerRegistry() {
        @Override
        public void registerRequestHandler(String id, RequestHandler handler) {
          handlers.put(id, handler);
        }

        @Override
        public void unregister(String id) {
          handlers.remove(id);
        }
      };
  private PolicyBench bench;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    bench =
        PolicyBench.unsigned(folder, SealingTest.DOCUMENT)
            .certificate("centre.pem", Identity.ec("centre"))
            .certificate("vendor.pem", Identity.ec("vendor"));
    bench.policy().bindRegistry(registry);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private static KuraMessage request(String... resources) {
    return new KuraMessage(
        new KuraPayload(), new HashMap<>(Map.of("args", new ArrayList<>(List.of(resources)))));
  }

  private RequestHandler handler() {
    return java.util.Objects.requireNonNull(handlers.get("POLICY-V1"));
  }

  private String epoch() {
    return bench.seal(sample("pump-1", "power", 1)).block().sealed().orElseThrow().epoch();
  }

  @Test
  void tellsVersionDigestAndProblems() throws KuraException {
    KuraPayload state = handler().doGet(NOBODY, request("state")).getPayload();

    assertThat(state.getMetric("response.code")).isEqualTo(200);
    assertThat(state.getMetric("version")).isEqualTo("5");
    assertThat(state.getMetric("digest")).isEqualTo(bench.policy().identity().digest());
    assertThat(state.getMetric("problems")).isInstanceOf(String.class);
  }

  @Test
  void rotatesKeys() throws KuraException {
    bench.pass(java.time.Duration.ofSeconds(6));
    String before = epoch();
    assertThat(epoch()).isEqualTo(before);

    handler().doExec(NOBODY, request("rotate"));

    assertThat(epoch()).isNotEqualTo(before);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> handler().doExec(NOBODY, request("erase")))
        .isInstanceOf(KuraException.class);
    assertThatThrownBy(() -> handler().doGet(NOBODY, request("state", "x")))
        .isInstanceOf(KuraException.class);
    assertThatThrownBy(() -> handler().doPut(NOBODY, request("state")))
        .isInstanceOf(KuraException.class);
  }

  @Test
  void leavesNothingBehind() {
    bench.policy().unbindRegistry(registry);

    assertThat(handlers).isEmpty();
  }
}
