// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.kete.demo.link.Broker;
import io.kete.demo.plant.Plant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildTest {
  @TempDir Path folder;

  @Test
  void runsPlantAndBrokerInSmallProcessesOfTheirOwn() throws Exception {
    try (RunDirectory directory = RunDirectory.take(folder.resolve("run"));
        Child plant =
            Child.java("plant", Plant.class, directory, "--truth", directory.truth().toString());
        Child broker = Child.java("broker", Broker.class, directory)) {
      long port = plant.await(Pattern.compile("plant port=(\\d+)"), 30);
      assertThat(broker.await(Pattern.compile("broker port=(\\d+)"), 30)).isPositive();
      try (ModbusProbe probe = new ModbusProbe((int) port)) {
        probe.block();
      }
      plant.tell("stop");
      assertThat(plant.await(Pattern.compile("stopped served=(\\d+)"), 30)).isEqualTo(1);
    }
  }

  @Test
  void endsWithItsInput() throws Exception {
    for (Class<?> main : List.of(Plant.class, Broker.class)) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Child.javaCommand().toString(),
              "-cp",
              System.getProperty("java.class.path"),
              main.getName(),
              main == Plant.class ? "--truth=" + folder.resolve("truth.csv") : "0");
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        assertThat(process.getInputStream().read()).isPositive();
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void namesTheLogOfAProcessThatEnded() throws Exception {
    try (RunDirectory directory = RunDirectory.take(folder.resolve("run"));
        Child child =
            Child.start("liar", List.of("sh", "-c", "echo nothing"), Map.of(), directory)) {
      assertThatIOException()
          .isThrownBy(() -> child.await(Pattern.compile("port=(\\d+)"), 20))
          .withMessageContaining("liar.log");
    }
  }
}
