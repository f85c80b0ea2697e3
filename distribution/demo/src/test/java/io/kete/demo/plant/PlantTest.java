// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.demo.ModbusProbe;
import io.kete.demo.plant.Truth.Served;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantTest {
  @TempDir Path folder;

  @Test
  void writesDownExactlyWhatItServes() throws IOException, InterruptedException {
    Path truth = folder.resolve("truth.csv");
    List<Map<String, Object>> answers = new ArrayList<>();
    try (Plant plant = Plant.start(0, 7, truth);
        ModbusProbe probe = new ModbusProbe(plant.port())) {
      for (int serial = 1; serial <= 700; serial++) {
        boolean running = probe.request(1, 0, 1).get(2) == 1;
        ByteBuffer block = probe.block();
        answers.add(decoded(block, running));
        if (serial % 100 == 0) {
          assertThat(Truth.read(truth)).hasSize(serial); // not a state late
        }
      }
    }
    List<Served> all = Truth.read(truth);
    assertThat(all).extracting(Served::values).isEqualTo(answers);
    assertThat(all)
        .extracting(Served::serial)
        .isEqualTo(LongStream.rangeClosed(1, 700).boxed().toList());
    assertThat(all.stream().map(each -> each.values().get("operator")).distinct())
        .hasSizeGreaterThan(1);
    assertThat(all.stream().map(each -> each.values().get("setpoint")).distinct())
        .hasSizeGreaterThan(1);
    assertThat(all.stream().map(each -> each.values().get("running")).distinct()).hasSize(2);
    assertThat(all)
        .anyMatch(
            each -> each.values().get("vibration") instanceof Double shaking && shaking > 7.1);
  }

  private static Map<String, Object> decoded(ByteBuffer block, boolean running) {
    byte[] operator = new byte[16];
    block.get(28, operator);
    return Map.of(
        "serial",
        Integer.toUnsignedLong(block.getInt(0)),
        "flow",
        (double) block.getFloat(4),
        "pressure",
        (double) block.getFloat(8),
        "vibration",
        (double) block.getFloat(12),
        "current",
        block.getShort(16) * 0.015625,
        "temperature",
        block.getShort(18) * 0.0625,
        "hours",
        Integer.toUnsignedLong(block.getInt(20)),
        "setpoint",
        (long) block.getInt(24),
        "operator",
        new String(operator, StandardCharsets.US_ASCII),
        "running",
        running);
  }

  @Test
  void givesPartsOfTheStateItServedLast() throws IOException, InterruptedException {
    try (Plant plant = Plant.start(0, 7, folder.resolve("truth.csv"));
        ModbusProbe probe = new ModbusProbe(plant.port())) {
      ByteBuffer whole = probe.block();
      ByteBuffer part = probe.request(3, 12, 2);
      assertThat(part.getInt(2)).isEqualTo(whole.getInt(24));
      assertThat(plant.stop()).isEqualTo(1);
    }
  }

  @Test
  void refusesWhatItDoesNotHave() throws IOException, InterruptedException {
    try (Plant plant = Plant.start(0, 7, folder.resolve("truth.csv"));
        ModbusProbe probe = new ModbusProbe(plant.port())) {
      assertThat(exception(probe.request(3, 20, 3))).isEqualTo(2);
      assertThat(exception(probe.request(1, 1, 1))).isEqualTo(2);
      assertThat(exception(probe.request(4, 0, 1))).isEqualTo(1);
      assertThat(plant.stop()).isZero();
    }
  }

  @Test
  void isBusyOnceStoppedAndGoneOnceClosed() throws IOException, InterruptedException {
    Path truth = folder.resolve("truth.csv");
    Plant plant = Plant.start(0, 7, truth);
    try (ModbusProbe probe = new ModbusProbe(plant.port())) {
      probe.block();
      assertThat(plant.stop()).isEqualTo(1);
      assertThat(exception(probe.request(3, 0, 22))).isEqualTo(6);
      assertThat(exception(probe.request(1, 0, 1))).isEqualTo(6);
    }
    plant.close();
    assertThat(Truth.read(truth)).hasSize(1);
    // the selector lets go of a closed socket a moment later
    await().atMost(Duration.ofSeconds(10)).until(() -> isRefused(plant.port()));
  }

  private static boolean isRefused(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (ConnectException refused) {
      return true;
    }
  }

  private static int exception(ByteBuffer answer) {
    assertThat(answer.get(0) & 0x80).isNotZero();
    return answer.get(1);
  }

  @Test
  void isTheSamePumpForTheSameSeed() {
    PumpModel one = new PumpModel(3);
    PumpModel other = new PumpModel(3);
    for (int i = 0; i < 1_000; i++) {
      assertThat(one.next()).isEqualTo(other.next());
    }
  }

  @Test
  void refusesATruthFileWithATornLine() throws IOException {
    Path truth = Files.writeString(folder.resolve("truth.csv"), "time;serial;flow\n1;1;2.0\n2;2");
    Assertions.assertThatIOException()
        .isThrownBy(() -> Truth.read(truth))
        .withMessageContaining("line 3");
  }
}
