// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.link;

import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.type.TypedValues;

/** Store, uplink and MQTT connection of the product, and what is put into them. */
final class Gateway implements AutoCloseable, AppendCallback {

  private static final int APPENDING = 4_096;
  private static final String UPLINK = "io.kete.uplink.cloud.CloudUplink";
  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
  private static final String DATA = "org.eclipse.kura.data.DataService";
  private static final String CLOUD = "org.eclipse.kura.cloud.CloudService";
  private static final String PUBLISHER = "org.eclipse.kura.cloud.publisher.CloudPublisher";

  private final Framework framework;
  private final Stream stream;
  private final Semaphore room = new Semaphore(APPENDING);
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /**
   * Starts it; the link is up when this returns.
   *
   * @param uplink configuration of the uplink but for its targets
   */
  Gateway(Path data, int port, int keepAlive, Map<String, Object> uplink) throws Exception {
    framework = new Framework(data);
    framework.configure(
        "io.kete.buffer.h2.H2Stream",
        Map.of("stream", "telemetry", "gateway", "gw-1", "max.bytes", 4L << 30));
    connect(port, keepAlive);
    stream = framework.service(Stream.class, "(kete.stream=telemetry)");
    uplink(uplink);
    StatusSource cloud = framework.service(StatusSource.class, "(kete.status.area=cloud)");
    await("the link is up")
        .atMost(Duration.ofMinutes(2))
        .until(() -> Boolean.TRUE.equals(cloud.status().facts().get("connected")));
  }

  /** MQTT connection and publisher, by Kura's names. */
  private void connect(int port, int keepAlive) throws Exception {
    framework.configure(
        TRANSPORT,
        Map.of(
            "kura.service.pid",
            TRANSPORT,
            "broker-url",
            "mqtt://127.0.0.1:" + port,
            "topic.context.account-name",
            "acme",
            "client-id",
            "gw-1",
            "keep-alive",
            keepAlive,
            "kete.max-inflight",
            2_000));
    framework.configure(
        DATA,
        Map.of(
            "kura.service.pid",
            DATA,
            "connect.auto-on-startup",
            true,
            "connect.retry-interval",
            1,
            "DataTransportService.target",
            "(kura.service.pid=" + TRANSPORT + ")"));
    framework.configure(
        CLOUD,
        Map.of(
            "kura.service.pid",
            CLOUD,
            "encode.gzip",
            false,
            "DataService.target",
            "(kura.service.pid=" + DATA + ")"));
    publisher();
  }

  private void publisher() throws Exception {
    framework.configure(
        PUBLISHER,
        Map.of(
            "kura.service.pid", "publisher",
            "cloud.endpoint.service.pid", CLOUD,
            "appId", "PUMP",
            "app.topic", "$assetName",
            "qos", 1));
  }

  /** Configures the uplink, the second time while it runs. */
  void uplink(Map<String, Object> changed) throws Exception {
    Map<String, Object> values = new HashMap<>(changed);
    values.put("Stream.target", "(kete.stream=telemetry)");
    values.put("CloudPublisher.target", "(kura.service.pid=publisher)");
    values.put("transport.topic", "PUMP/$assetName");
    framework.configure(UPLINK, values);
  }

  /** A sample of now, with so many channels. */
  static Sample sample(int channels, double value) {
    long now = System.currentTimeMillis();
    List<io.kete.data.api.Reading> readings =
        java.util.stream.IntStream.range(0, channels)
            .<io.kete.data.api.Reading>mapToObj(
                i -> Measured.good("channel-" + i, TypedValues.newDoubleValue(value + i), "", now))
            .toList();
    return new Sample("pump-1", now, ClockQuality.SYNCHRONISED, readings);
  }

  void append(Sample sample) throws InterruptedException {
    room.acquire();
    stream.append(sample, this);
  }

  @Override
  public void accepted(long seq) {
    accepted.incrementAndGet();
    room.release();
  }

  @Override
  public void refused(Refusal why) {
    refused.incrementAndGet();
    room.release();
  }

  /** Appends so many samples and waits until they are on the medium. */
  void fill(int count, int channels) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      append(sample(channels, i));
    }
    room.acquire(APPENDING);
    room.release(APPENDING);
  }

  long accepted() {
    return accepted.get();
  }

  long refused() {
    return refused.get();
  }

  Stream stream() {
    return stream;
  }

  Status uplinkStatus() {
    return framework.service(StatusSource.class, "(kete.status.area=uplink.telemetry)").status();
  }

  @Override
  public void close() throws Exception {
    framework.close();
  }
}
