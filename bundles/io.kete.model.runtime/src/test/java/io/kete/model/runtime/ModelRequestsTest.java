// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kete.model.api.SlotState;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.install.Installed;
import io.kete.model.runtime.order.Orders;
import io.kete.model.runtime.order.Post;
import io.kete.model.runtime.slot.Guards;
import io.kete.model.runtime.slot.SlotCore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRequestsTest {

  private static final RequestHandlerContext NOBODY =
      new RequestHandlerContext(
          (CloudNotificationPublisher)
              java.lang.reflect.Proxy.newProxyInstance(
                  ModelRequestsTest.class.getClassLoader(),
                  new Class<?>[] {CloudNotificationPublisher.class},
                  (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                  }),
          Map.of());

  @TempDir Path folder;
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
  private final Orders orders = new Orders();
  private final ModelRequests requests = new ModelRequests(orders);
  private World world;
  private SlotCore slot;

  @BeforeEach
  void begin() throws Exception {
    requests.bindRegistry(registry);
    world = new World(folder);
    slot = world.slot(new Guards(100, 0, 0, 24, 0));
    orders.add(new Post("slot-1", slot));
    orders.add(Configurations.of("slot-1", slot));
    install("1.0.0");
  }

  private void install(String version) throws Exception {
    Candidate candidate = TestModels.draft(version).candidate();
    world.catalogue.put(
        1, new Installed("b", candidate.version().toString(), "pump", Optional.of(candidate), ""));
  }

  private String version() {
    return slot.state().serving().map(SlotState.Identity::version).orElse("none");
  }

  private RequestHandler handler() {
    return java.util.Objects.requireNonNull(handlers.get("MODEL-V1"));
  }

  private static KuraMessage request(String path) {
    List<String> words = path.isEmpty() ? List.of() : List.of(path.split("/", -1));
    return new KuraMessage(
        new KuraPayload(), new HashMap<>(Map.of("args", new ArrayList<>(words))));
  }

  private KuraPayload get(String path) throws KuraException {
    return handler().doGet(NOBODY, request(path)).getPayload();
  }

  private void exec(String path) throws KuraException {
    assertThat(handler().doExec(NOBODY, request(path)).getPayload().getMetric("response.code"))
        .isEqualTo(200);
  }

  private void refused(KuraErrorCode code, String path, String reason) {
    assertThatExceptionOfType(KuraException.class)
        .as(path)
        .isThrownBy(() -> exec(path))
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.getCode()).isEqualTo(code));
  }

  @Test
  @Tag("KETE-MODEL-1")
  void stateTellsWhatIsInstalledAndWhatServesApart() throws Exception {
    install("2.0.0");
    for (String path : List.of("state", "slots/s")) {
      KuraPayload state = get(path);
      assertThat(state.getMetric("s.installed")).isEqualTo("2.0.0");
      assertThat(state.getMetric("s.serving.version")).isEqualTo("1.0.0");
      assertThat(state.getMetric("s.shadow.version")).isEqualTo("2.0.0");
      assertThat(state.getMetric("s.problems")).isEqualTo("");
      assertThat(state.getMetric("s.swaps")).isEqualTo(0L);
    }
    for (String path : List.of("", "states", "slots", "slots/t", "slots/s/state", "slots/s/pin")) {
      assertThatExceptionOfType(KuraException.class)
          .as(path)
          .isThrownBy(() -> get(path))
          .satisfies(e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.NOT_FOUND));
    }
    requests.unbindRegistry(registry);
    assertThat(handlers).isEmpty();
  }

  @Test
  @Tag("KETE-MODEL-2")
  void ordersChangeTheConfigurationAndTheSlotFollows() throws Exception {
    install("2.0.0");
    exec("slots/s/promote");
    assertThat(version()).isEqualTo("2.0.0");
    exec("slots/s/pin/1.0.0");
    assertThat(version()).isEqualTo("1.0.0");
    assertThat(get("state").getMetric("s.pin")).isEqualTo("1.0.0");
    exec("slots/s/unpin");
    assertThat(version()).isEqualTo("2.0.0");
    exec("slots/s/rollback");
    assertThat(version()).isEqualTo("1.0.0");
    assertThat(get("state").getMetric("s.rollback")).isEqualTo("2.0.0");
    exec("slots/s/promote/2.0.0");
    assertThat(version()).isEqualTo("2.0.0");
    assertThat(get("state").getMetric("s.rollback")).isEqualTo("");
  }

  @Test
  void aRollbackFromAPinnedOldVersionDoesNotGoForward() throws Exception {
    install("2.0.0");
    exec("slots/s/promote");
    install("3.0.0");
    exec("slots/s/promote");
    exec("slots/s/pin/2.0.0");
    exec("slots/s/rollback");
    assertThat(version()).isEqualTo("1.0.0");
    assertThat(get("state").getMetric("s.rollback")).isEqualTo("2.0.0,3.0.0");
  }

  @Test
  @Tag("KETE-MODEL-3")
  void whatCannotBeDoneIsRefusedAndChangesNothing() {
    refused(KuraErrorCode.NOT_FOUND, "slots/t/rollback", "no such slot");
    refused(KuraErrorCode.NOT_FOUND, "state", "state");
    refused(KuraErrorCode.NOT_FOUND, "slots/s/pin/7.0.0", "neither installed nor kept");
    refused(KuraErrorCode.NOT_FOUND, "slots/s/promote", "no version is in the shadow");
    refused(KuraErrorCode.BAD_REQUEST, "slots/s/rollback", "has no version before 1.0.0");
    refused(KuraErrorCode.BAD_REQUEST, "slots/s/pin", "pin needs a version");
    refused(KuraErrorCode.BAD_REQUEST, "slots/s/pin/one", "'one' is no version");
    refused(KuraErrorCode.BAD_REQUEST, "slots/s/unpin/1.0.0", "unpin takes no version");
    refused(KuraErrorCode.BAD_REQUEST, "slots/s/delete", "'delete' is none of pin, unpin");
    refused(KuraErrorCode.BAD_REQUEST, "slots/s/pin/1.0.0/x", "has the form");
    assertThat(version()).isEqualTo("1.0.0");
    assertThat(slot.settings().pin()).isEmpty();
  }

  @Test
  void withoutAConfigurationNothingCanBeOrdered() {
    Orders alone = new Orders();
    alone.add(new Post("slot-1", slot));
    ModelRequests without = new ModelRequests(alone);
    assertThatExceptionOfType(KuraException.class)
        .isThrownBy(() -> without.doExec(NOBODY, request("slots/s/pin/1.0.0")))
        .withMessageContaining("there is no ConfigurationService");
  }
}
