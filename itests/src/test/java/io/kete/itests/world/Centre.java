// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.world;

import io.kete.demo.centre.Received;
import io.kete.demo.centre.Reception;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Receives everything, keeps the bytes, and decodes what each application sent. */
final class Centre implements MqttCallback {

  private static final Pattern NEVER = Pattern.compile("(?!)");
  private static final int APPLICATION = 2;

  private final PrivateKey key;
  private final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
  private final Map<String, Reception> receptions = new ConcurrentHashMap<>();

  /** Bytes as text in ISO 8859-1, as sent and unzipped. */
  private record Message(String topic, String sent, String unzipped) {}

  Centre(PrivateKey key) {
    this.key = key;
  }

  void subscribe(int port) throws MqttException {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + port, "centre", new MemoryPersistence());
    client.setCallback(this);
    client.connect();
    client.subscribe(new String[] {"#", "$EDC/#"}, new int[] {1, 1});
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    byte[] payload = message.getPayload();
    messages.add(new Message(topic, text(payload), text(unzipped(payload))));
    String[] levels = topic.split("/", -1);
    if (!topic.startsWith("$") && levels.length > APPLICATION) {
      reception(levels[APPLICATION]).accept(payload);
    }
  }

  @Override
  public void connectionLost(Throwable cause) {
    System.err.println("centre lost its broker: " + cause);
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    // nothing is published here
  }

  private Reception reception(String application) {
    return receptions.computeIfAbsent(application, name -> new Reception(key, Set.of(), NEVER));
  }

  /** One line for each sample: number, capture time, then name=value and name!quality. */
  String samples(String application) {
    return reception(application).samples().stream()
        .map(Centre::line)
        .collect(Collectors.joining("\n"));
  }

  private static String line(Received sample) {
    Map<String, String> fields = new TreeMap<>();
    sample.values().forEach((name, value) -> fields.put(name + "=", String.valueOf(value)));
    sample.qualities().forEach((name, quality) -> fields.put(name + "!", quality));
    return sample.seq()
        + "\t"
        + sample.timeMillis()
        + fields.entrySet().stream()
            .map(field -> "\t" + field.getKey() + field.getValue())
            .collect(Collectors.joining());
  }

  String faults(String application) {
    return String.join("\n", reception(application).faults());
  }

  /** Numbers of samples, sealed blocks, duplicates. */
  String counts(String application) {
    Reception.Counts counts = reception(application).counts();
    return counts.samples() + " " + counts.sealedBlocks() + " " + counts.duplicates();
  }

  String topics() {
    return messages.stream().map(Message::topic).distinct().collect(Collectors.joining("\n"));
  }

  /** How many messages hold a text, as sent or unzipped. Texts are bytes in ISO 8859-1. */
  long holding(String pattern) {
    return messages.stream()
        .filter(message -> message.sent().contains(pattern) || message.unzipped().contains(pattern))
        .count();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] unzipped(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException notZipped) {
      return bytes;
    }
  }
}
