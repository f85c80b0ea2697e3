// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.demo.centre.Comparison;
import io.kete.demo.centre.FakeGateway;
import io.kete.demo.centre.Reception;
import io.kete.demo.centre.Subscriber;
import io.kete.demo.link.Broker;
import io.kete.demo.link.Cut;
import io.kete.demo.plant.Plant;
import io.kete.demo.plant.Truth;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything around the gateway, with a small one of the test's own in its place. */
class LoopbackTest {
  private static final int BLOCK = 5;
  private static final int STATES = 20;

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();
  private final List<byte[]> unsent = new ArrayList<>();

  @Test
  void findsEveryStateAcrossACutOfTheLink() throws Exception {
    KeyPair centre = FakeGateway.centre();
    Reception reception =
        new Reception(centre.getPrivate(), Plan.SECRET_CHANNELS, Plan.SECRET_TEXT);
    Path truth = folder.resolve("truth.csv");
    try (Broker broker = new Broker(0);
        Cut line = new Cut("127.0.0.1", broker.port());
        Plant plant = Plant.start(0, 5, truth);
        ModbusProbe probe = new ModbusProbe(plant.port());
        Subscriber subscriber =
            new Subscriber(
                "tcp://127.0.0.1:" + broker.port(),
                "centre",
                Optional.empty(),
                "kete-demo/#",
                reception)) {
      MqttClient uplink = connect(line);
      unsent.add(gateway.key(centre));
      poll(probe, 1, STATES / 2);
      send(uplink);
      await().atMost(Duration.ofSeconds(10)).until(() -> reception.highest("serial") == STATES / 2);
      assertThat(subscriber.isConnected()).isTrue();

      line.cut();
      await().atMost(Duration.ofSeconds(10)).until(() -> !uplink.isConnected());
      assertThat(isRefused(line)).isTrue();
      poll(probe, STATES / 2 + 1, STATES);

      line.mend();
      send(connect(line));
      await().atMost(Duration.ofSeconds(10)).until(() -> reception.highest("serial") == STATES);
    }
    Comparison.Result result =
        Comparison.of(Truth.read(truth), reception.samples(), Plan.DEADBANDS);
    assertThat(reception.faults()).isEmpty();
    assertThat(result.differences()).isEmpty();
    assertThat(result.holds()).isTrue();
    assertThat(result.values()).isEqualTo(10L * STATES);
  }

  private static MqttClient connect(Cut line) throws MqttException {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + line.port(), FakeGateway.NAME, new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setConnectionTimeout(5);
    client.connect(options);
    return client;
  }

  private static boolean isRefused(Cut line) {
    try {
      connect(line);
      return false;
    } catch (MqttException expected) {
      return true;
    }
  }

  private void send(MqttClient client) throws MqttException {
    for (byte[] message : unsent) {
      client.publish("kete-demo/" + FakeGateway.NAME + "/PUMP/x", message, 1, false);
    }
    unsent.clear();
    client.disconnect();
  }

  private void poll(ModbusProbe probe, int first, int last) throws Exception {
    List<Map<String, Object>> secrets = new ArrayList<>();
    for (long seq = first; seq <= last; seq++) {
      boolean running = probe.request(1, 0, 1).get(2) == 1;
      ByteBuffer block = probe.block();
      byte[] operator = new byte[16];
      block.get(28, operator);
      secrets.add(
          Map.of(
              "setpoint",
              (long) block.getInt(24),
              "operator",
              new String(operator, StandardCharsets.US_ASCII)));
      long from = seq - (seq - 1) % BLOCK;
      unsent.add(gateway.sample(seq, System.currentTimeMillis(), open(block, running), from));
      if (seq % BLOCK == 0) {
        unsent.add(gateway.sealed(from, List.copyOf(secrets)));
        secrets.clear();
      }
    }
  }

  private static Map<String, Object> open(ByteBuffer block, boolean running) {
    Map<String, Object> values = new HashMap<>();
    values.put("serial", Integer.toUnsignedLong(block.getInt(0)));
    values.put("flow", (double) block.getFloat(4));
    values.put("pressure", (double) block.getFloat(8));
    values.put("vibration", (double) block.getFloat(12));
    values.put("current", block.getShort(16) * 0.015625);
    values.put("temperature", block.getShort(18) * 0.0625);
    values.put("hours", Integer.toUnsignedLong(block.getInt(20)));
    values.put("running", running);
    return values;
  }
}
