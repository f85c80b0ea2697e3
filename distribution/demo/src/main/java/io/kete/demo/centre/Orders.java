// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import com.google.protobuf.CodedOutputStream;
import io.kete.demo.centre.Subscriber.Login;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Orders packages from a gateway over the broker with DEPLOY-V2, as Kapua does, and hears what
 * becomes of them.
 */
public final class Orders implements AutoCloseable {

  private static final int LIMIT_MILLIS = 30_000;
  private static final int NAME = 1;
  private static final int TYPE = 2;

  /** A type of metric: its number in Kapua's enumeration and the field that holds the value. */
  private enum Kind {
    LONG(2, 5),
    BOOL(4, 7),
    TEXT(5, 8);

    private final int type;
    private final int field;

    Kind(int type, int field) {
      this.type = type;
      this.field = field;
    }
  }

  private final MqttClient client;
  private final String requester;
  private final String gatewayTopic;
  private final Map<Long, String> endings = new ConcurrentHashMap<>();
  private long last;

  /**
   * Connects.
   *
   * @param url of the broker, {@code tcp://host:port}
   * @param login empty when the broker asks for none
   */
  public Orders(String url, Optional<Login> login, String account, String gateway)
      throws MqttException {
    this.requester = "console-" + gateway;
    this.gatewayTopic = "$EDC/" + account + "/" + gateway + "/DEPLOY-V2/";
    this.client = new MqttClient(url, requester, new MemoryPersistence());
    client.setTimeToWait(LIMIT_MILLIS);
    client.connect(Subscriber.options(login.orElse(new Login("", "")), false));
    client.subscribe(
        "$EDC/" + account + "/" + requester + "/DEPLOY-V2/NOTIFY/" + gateway + "/+",
        1,
        (topic, message) -> heard(topic, message.getPayload()));
  }

  /** Has the gateway fetch and install a package; gives the number of the order. */
  public long install(String uri, String name, String version) throws IOException, MqttException {
    long job = ++last;
    List<byte[]> metrics = new ArrayList<>();
    metrics.add(metric("request.id", Kind.TEXT, Long.toString(job)));
    metrics.add(metric("requester.client.id", Kind.TEXT, requester));
    metrics.add(metric("job.id", Kind.LONG, job));
    metrics.add(metric("dp.uri", Kind.TEXT, uri));
    metrics.add(metric("dp.name", Kind.TEXT, name));
    metrics.add(metric("dp.version", Kind.TEXT, version));
    metrics.add(metric("dp.download.protocol", Kind.TEXT, "HTTP"));
    metrics.add(metric("dp.install", Kind.BOOL, true));
    metrics.add(metric("dp.install.system.update", Kind.BOOL, false));
    client.publish(gatewayTopic + "EXEC/download", payload(metrics), 1, false);
    return job;
  }

  private static byte[] metric(String name, Kind kind, Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(NAME, name);
    out.writeEnum(TYPE, kind.type);
    switch (kind) {
      case LONG -> out.writeInt64(kind.field, (Long) value);
      case BOOL -> out.writeBool(kind.field, (Boolean) value);
      case TEXT -> out.writeString(kind.field, (String) value);
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] payload(List<byte[]> metrics) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (byte[] metric : metrics) {
      out.writeByteArray(5000, metric);
    }
    out.flush();
    return bytes.toByteArray();
  }

  private void heard(String topic, byte[] message) {
    String operation = topic.substring(topic.lastIndexOf('/') + 1);
    try {
      Payload payload = PayloadDecoder.decode(PayloadDecoder.plainBytes(message));
      String state = payload.text("dp." + operation + ".status");
      boolean goesOn =
          state.equals("IN_PROGRESS")
              || (operation.equals("download") && state.equals("COMPLETED"));
      if (!goesOn) {
        endings.put(payload.number("job.id"), state + ": " + payload.text("dp.notify.message"));
      }
    } catch (RecordException e) {
      endings.put(last, "a notification that cannot be read: " + e.getMessage());
    }
  }

  /** How an order ended, state and reason; empty while it goes on. */
  public Optional<String> ending(long job) {
    return Optional.ofNullable(endings.get(job));
  }

  /** Leaves, and takes the session off the broker. */
  @Override
  public void close() throws MqttException {
    try {
      if (client.isConnected()) {
        client.disconnect();
      }
    } finally {
      client.close();
    }
  }
}
