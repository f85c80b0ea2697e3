// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** What is no good model is refused with the reason, everywhere where somebody may look for it. */
public class BadModelsIT extends OnFelix {

  private static final String MODEL = "flow-model";
  private static final String EVENTS = "events";
  private static final String COMMAND = "distribution/kete/target/kete-1.0.0/kete-1.0.0/bin/kete";

  /** What in the reason names the cause, by name of the file. */
  private static final Map<String, String> REASONS = new LinkedHashMap<>();

  static {
    REASONS.put("none", "there is no file model/model.trees");
    REASONS.put("truncated", "the model is not JSON in UTF-8");
    REASONS.put("shape", "width is not 1 as in the descriptor");
    REASONS.put("golden", "golden vector 1: output score differs");
    REASONS.put("nameless", "io.kete.model in the manifest has no attribute name");
  }

  @Configuration
  public static Option[] gateway() {
    Site site = Site.open(Platform.folder(BadModelsIT.class));
    site.configure(
        new Plan().slot("anomaly", MODEL, EVENTS).stream(EVENTS).cloud(site.peer().broker()),
        Plan.policy(1, "\"*/*\""));
    ModelJar.of(MODEL, 1).write(site.data().resolve("dropin/models/good.jar"), site.peer());
    Path offered = site.data().resolve("offered");
    bad().forEach((name, jar) -> jar.write(offered.resolve(name + ".jar"), site.peer()));
    return Platform.product(site);
  }

  private static Map<String, ModelJar> bad() {
    String whole = ModelJar.linear(1, 3);
    Map<String, ModelJar> bad = new LinkedHashMap<>();
    bad.put("none", ModelJar.of(MODEL, 2).without(ModelJar.MODEL));
    bad.put(
        "truncated",
        ModelJar.of(MODEL, 3).file(ModelJar.MODEL, whole.substring(0, whole.length() / 2)));
    bad.put("shape", ModelJar.of(MODEL, 4).file(ModelJar.MODEL, ModelJar.linear(2, 4)));
    bad.put("golden", ModelJar.of(MODEL, 5).golden(MODEL, 5, 10.5));
    bad.put(
        "nameless",
        ModelJar.of(MODEL, 6)
            .manifest(MODEL, 6, "io.kete.model;version:Version=\"6.0.0\";engine=\"trees\""));
    return bad;
  }

  @Test
  public void badModelsAreRefusedAndTheGoodOneServesOn() throws Exception {
    assertComplete();
    awaitServing();
    // the launcher's part: which process the gateway is
    Files.writeString(data().resolve("run/kete.pid"), ProcessHandle.current().pid() + "\n");
    for (Map.Entry<String, String> bad : REASONS.entrySet()) {
      String file = bad.getKey() + ".jar";
      Files.move(
          data().resolve("offered").resolve(file), data().resolve("dropin/models").resolve(file));
      Path reasonFile = data().resolve("dropin/rejected").resolve(file + ".reason");
      Eventually.holds(PATIENCE, () -> assertThat(reasonFile).isNotEmptyFile());
      String reason = Files.readString(reasonFile).strip();
      assertThat(reason).as(file).isNotEmpty().contains(bad.getValue());
      assertTold(file, reason);
      awaitServing();
    }
    assertThat(peer().faults(EVENTS)).isEmpty();
    assertThat(states("ACTIVE")).hasSize(1);
    assertThat(states("RETIRED")).isEmpty();
  }

  private void assertTold(String file, String reason) throws IOException {
    Eventually.holds(
        PATIENCE,
        () -> {
          assertThat(logged("dropin_rejected")).anyMatch(line -> line.contains("file=" + file));
          assertThat(logged("model_rejected"))
              .as("log about " + file)
              .anyMatch(line -> line.endsWith("reason=" + reason));
          assertThat(states("REJECTED"))
              .as("upstream about " + file)
              .anyMatch(sample -> reason.equals(sample.values().get("reason")));
          assertThat(shown())
              .as("what kete status prints about " + file)
              .anyMatch(line -> line.contains("model.anomaly") && line.endsWith(reason));
        });
  }

  /** Lines of the command {@code kete status}, which asks the status page of this gateway. */
  private List<String> shown() throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            Platform.root().resolve(COMMAND).toString(), "--data", data().toString(), "status");
    command.redirectErrorStream(true);
    try (BufferedReader printed = command.start().inputReader(StandardCharsets.UTF_8)) {
      return printed.lines().toList();
    }
  }

  private List<Sample> states(String state) {
    return peer().samples(EVENTS).stream()
        .filter(sample -> state.equals(sample.values().get("state")))
        .toList();
  }

  private void awaitServing() {
    Eventually.holds(
        PATIENCE,
        () ->
            assertThat(status("model.anomaly").orElseThrow().facts().get("serving"))
                .asString()
                .contains("version=1.0.0"));
  }
}
