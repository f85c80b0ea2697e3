// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Somebody else at the broker, who reads payloads with Google's library instead of ours. */
final class Watcher implements AutoCloseable {

  private static final int STRING_TYPE = 5;

  /** A message as it came. */
  static final class Seen {

    private final String topic;
    private final byte[] payload;

    Seen(String topic, byte[] payload) {
      this.topic = topic;
      this.payload = payload;
    }

    String topic() {
      return topic;
    }

    byte[] payload() {
      return payload.clone();
    }

    /** Metrics that are texts; others are named with their type number. */
    Map<String, String> texts() {
      try {
        return metrics(plain(payload));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final MqttClient client;

  Watcher(int port, String... filters) throws MqttException {
    client =
        new MqttClient(
            "tcp://127.0.0.1:" + port, "watcher-" + System.nanoTime(), new MemoryPersistence());
    client.connect();
    for (String filter : filters) {
      client.subscribe(
          filter, 1, (topic, message) -> seen.add(new Seen(topic, message.getPayload())));
    }
  }

  List<String> topics() {
    return seen.stream().map(Seen::topic).toList();
  }

  Seen first(String topic) {
    return seen.stream().filter(s -> s.topic().equals(topic)).findFirst().orElseThrow();
  }

  void publish(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 0, false);
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 100);
    client.close(true);
  }

  private static byte[] plain(byte[] payload) throws IOException {
    if (payload.length > 1 && payload[0] == 0x1F) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(payload))) {
        return in.readAllBytes();
      }
    }
    return payload;
  }

  private static Map<String, String> metrics(byte[] bytes) throws IOException {
    Map<String, String> metrics = new LinkedHashMap<>();
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 5000) {
        metric(in.readBytes().newCodedInput(), metrics);
      } else {
        in.skipField(tag);
      }
    }
    return metrics;
  }

  private static void metric(CodedInputStream in, Map<String, String> metrics) throws IOException {
    String name = "";
    int type = -1;
    String text = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = in.readString();
        case 2 -> type = in.readEnum();
        case 6 -> text = Integer.toString(in.readInt32());
        case 8 -> text = in.readString();
        default -> in.skipField(tag);
      }
    }
    metrics.put(type == STRING_TYPE ? name : name + ":" + type, text);
  }
}
