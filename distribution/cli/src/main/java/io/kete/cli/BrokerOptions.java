// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to listen at a broker. */
final class BrokerOptions {

  private static final int MAX_WAITING = 10_000;

  @Option(
      names = "--topic",
      paramLabel = "FILTER",
      defaultValue = "#",
      description = "What to subscribe to; default: ${DEFAULT-VALUE}.")
  private String topic;

  @Option(names = "--user", paramLabel = "NAME", description = "Name for the broker.")
  private @Nullable String user;

  @Option(
      names = "--broker-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password for the broker.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "Listen so long; default: until Ctrl-C.")
  private long seconds;

  private record Message(String topic, MqttMessage content) {}

  void listen(String broker, Unsealer unsealer)
      throws MqttException, IOException, InterruptedException {
    BlockingQueue<Message> queue = new LinkedBlockingQueue<>(MAX_WAITING);
    MqttClient client =
        new MqttClient(broker, MqttClient.generateClientId(), new MemoryPersistence());
    try {
      client.connect(options());
      client.subscribe(topic, 1, (name, message) -> queue.put(new Message(name, message)));
      long end = seconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(seconds);
      long begin = System.nanoTime();
      while (client.isConnected() && System.nanoTime() - begin < end) {
        Message message = queue.poll(100, TimeUnit.MILLISECONDS);
        if (message != null) {
          unsealer.message(message.topic(), message.content().getPayload());
        }
      }
      if (System.nanoTime() - begin < end) {
        throw new IOException("the broker closed the connection");
      }
    } finally {
      if (client.isConnected()) {
        client.disconnectForcibly(0, 1000);
      }
      client.close();
    }
  }

  private MqttConnectOptions options() throws IOException {
    MqttConnectOptions options = new MqttConnectOptions();
    if (user != null) {
      options.setUserName(user);
    }
    if (passwordFile != null) {
      options.setPassword(
          Files.readString(passwordFile).lines().findFirst().orElse("").toCharArray());
    }
    return options;
  }
}
