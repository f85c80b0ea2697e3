// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.message.KuraPayload;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** Who serves is ordered over the broker by MODEL-V1, and on the machine by the kete command. */
public class ModelOrdersIT extends ModelScenario {

  private static final String MODEL = "flow-model";
  private static final String EVENTS = "events";
  private static final String COMMAND = "distribution/kete/target/kete-1.0.0/kete-1.0.0/bin/kete";

  @Configuration
  public static Option[] gateway() {
    Site site = Site.open(Platform.folder(ModelOrdersIT.class));
    site.configure(
        new Plan().slot("anomaly", MODEL, EVENTS).stream(EVENTS).cloud(site.peer().broker()),
        Plan.policy(1, "\"*/*\""));
    ModelJar.of(MODEL, 1).write(site.data().resolve("dropin/models/one.jar"), site.peer());
    ModelJar.of(MODEL, 2).write(site.data().resolve("offered/two.jar"), site.peer());
    return Platform.product(site);
  }

  @Test
  public void whatServesFollowsOrdersAndStandsInTheConfiguration() throws Exception {
    assertComplete();
    awaitServing("anomaly", "1.0.0");
    Files.move(data().resolve("offered/two.jar"), data().resolve("dropin/models/two.jar"));
    awaitServing("anomaly", "2.0.0");
    try (Console console = new Console(peer().broker())) {
      // before the gateway has subscribed nobody answers
      Eventually.holds(PATIENCE, () -> assertThat(console.list("packages")).contains("<packages>"));
      KuraPayload state = console.ask("MODEL-V1", "GET/slots/anomaly", Map.of());
      assertThat(state.getMetric("anomaly.serving.version")).isEqualTo("2.0.0");
      assertThat(state.getMetric("anomaly.installed")).isEqualTo("2.0.0");

      assertThat(ask(console, "EXEC/slots/anomaly/pin/1.0.0")).isEqualTo(200);
      awaitServing("anomaly", "1.0.0");
      assertThat(configured("pin")).isEqualTo("1.0.0");
      assertThat(ask(console, "EXEC/slots/anomaly/unpin")).isEqualTo(200);
      awaitServing("anomaly", "2.0.0");
      assertThat(ask(console, "EXEC/slots/anomaly/rollback")).isEqualTo(200);
      awaitServing("anomaly", "1.0.0");
      assertThat(configured("rollback")).isEqualTo("2.0.0");

      assertThat(ask(console, "EXEC/slots/anomaly/pin/9.0.0")).isEqualTo(404);
      assertThat(ask(console, "EXEC/slots/other/rollback")).isEqualTo(404);
      assertThat(ask(console, "EXEC/slots/anomaly/rollback")).isEqualTo(400);
      assertThat(ask(console, "EXEC/slots/anomaly/delete")).isEqualTo(400);
    }
    Eventually.holds(
        PATIENCE,
        () ->
            assertThat(peer().samples(EVENTS))
                .anyMatch(s -> "rolled back from 2.0.0".equals(s.values().get("reason"))));
    // the launcher's part: which process the gateway is
    Files.writeString(data().resolve("run/kete.pid"), ProcessHandle.current().pid() + "\n");
    kete(0, "model", "promote", "anomaly", "2.0.0");
    awaitServing("anomaly", "2.0.0");
    assertThat(kete(1, "model", "pin", "anomaly", "9.0.0")).contains("neither installed nor kept");
    assertThat(kete(0, "model", "show", "anomaly")).contains("serving      2.0.0");
  }

  /** The command of the product, with ONNX Runtime from its bundles. */
  @Test
  public void theCommandPackagesAnOnnxModelFromExamples() throws Exception {
    Path model = Platform.root().resolve("bundles/io.kete.models.pump.anomaly/model/model.onnx");
    Path work = Files.createDirectories(data().resolve("packaging"));
    Files.writeString(
        work.resolve("roles.json"),
        """
        [{"name":"flow","unit":"m3/h","min":0,"max":200,"missing":"REFUSE","offset":0,"scale":100},
         {"name":"pressure","unit":"bar","min":0,"max":9,"missing":"REFUSE","offset":5,"scale":1},
         {"name":"vibration","unit":"mm/s","min":0,"max":9,"missing":"REFUSE","offset":2,"scale":1},
         {"name":"current","unit":"A","min":0,"max":99,"missing":"HOLD","offset":30,"scale":5},
         {"name":"temperature","unit":"Cel","min":0,"max":99,"missing":"HOLD","offset":55,"scale":10}]
        """);
    String columns = "flow,pressure,vibration,current,temperature,score\n";
    Path examples =
        Files.writeString(
            work.resolve("examples.csv"),
            columns
                + "81.8684,5.3439,2.253,29.085,52.0014,0.162499993\n"
                + "69.7222,4.6587,3.2809,26.7219,58.9163,0.980601525\n");
    List<String> command = new ArrayList<>(List.of("model", "package", model.toString()));
    command.addAll(List.of("--name", "pump-anomaly", "--version", "4.0.0", "--unsigned"));
    command.addAll(List.of("--roles", work.resolve("roles.json").toString()));
    command.addAll(List.of("--golden", examples.toString(), "--out", work.toString()));
    assertThat(kete(0, command.toArray(new String[0])))
        .contains("packaged pump-anomaly 4.0.0", "2 of 2 examples, all reproduced");
    assertThat(work.resolve("kete-model-pump-anomaly_4.0.0.dp")).isNotEmptyFile();
    Files.writeString(examples, columns + "70,5,2,26,58,0\n");
    assertThat(kete(1, command.toArray(new String[0]))).contains("golden vector 1: output score");
  }

  private static int ask(Console console, String what) throws Exception {
    return Console.code(console.ask("MODEL-V1", what, Map.of()));
  }

  private Object configured(String key) throws Exception {
    ComponentConfiguration slot =
        Objects.requireNonNull(
            service(ConfigurationService.class).getComponentConfiguration("anomaly"));
    Map<String, Object> properties = Objects.requireNonNull(slot.getConfigurationProperties());
    return Objects.requireNonNull(properties.get(key));
  }

  private String kete(int expected, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Platform.root().resolve(COMMAND).toString());
    command.addAll(List.of(args));
    command.addAll(List.of("--data", data().toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isEqualTo(expected);
    return printed;
  }
}
