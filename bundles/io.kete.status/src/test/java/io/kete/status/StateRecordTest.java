// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

final class StateRecordTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private final Events events = new Events();
  private Framework framework;
  private StateRecord record;

  @BeforeEach
  void setUp() throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of("org.osgi.framework.storage", folder.resolve("cache").toString()));
    framework.start();
    record = open("events");
  }

  @AfterEach
  void tearDown() throws Exception {
    record.close();
    framework.stop();
    framework.waitForStop(LIMIT.toMillis());
    await().atMost(LIMIT).until(() -> threads() == 0);
  }

  private StateRecord open(String stream) {
    return new StateRecord(framework.getBundleContext(), stream, 20, Clock.systemUTC());
  }

  @Test
  void tellsAfterTheStartWhichBundleDidNotStart() throws Exception {
    Bundle lame = install("lame", Map.of("Import-Package", "nowhere", "Bundle-Version", "1.2.3"));
    install("well", Map.of()).start();
    record.addStream(events);
    Map<String, Object> state = events.next(1);
    assertThat(state)
        .containsEntry("bundles", 3L)
        .containsEntry("active", 2L)
        .containsEntry("failed", "lame/1.2.3=INSTALLED");
    lame.uninstall();
    assertThat(events.next(2)).containsEntry("failed", "").containsEntry("bundles", 2L);
    assertThat(events.samples).extracting(Sample::asset).containsOnly("kete.gateway");
  }

  @Test
  void tellsTheSameStateOnce() throws Exception {
    record.addStream(events);
    Object digest = events.next(1).get("digest");
    Bundle other = install("other", Map.of());
    other.start();
    assertThat(events.next(2).get("digest")).isNotEqualTo(digest);
    other.uninstall();
    assertThat(events.next(3).get("digest")).isEqualTo(digest);
    // comes and goes within one moment
    install("other", Map.of()).uninstall();
    install("last", Map.of()).start();
    assertThat(events.next(4)).containsEntry("bundles", 2L);
    assertThat(events.samples).hasSize(4);
  }

  @Test
  void triesAgainWhenTheStreamIsFull() {
    events.refusals.set(2);
    record.addStream(events);
    events.next(1);
    assertThat(events.refusals).hasNegativeValue();
  }

  @Test
  void staysSilentWithoutAStreamName() throws Exception {
    record.close();
    record = open("");
    record.addStream(events);
    install("other", Map.of()).start();
    assertThat(threads()).isZero();
    assertThat(events.samples).isEmpty();
  }

  @Test
  void namesTheKeyOfAWrongConfiguration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StateRecord(framework.getBundleContext(), "e", 0, Clock.systemUTC()))
        .withMessage("io.kete.status.StateRecord: settle must be between 1 and 3600");
  }

  private Bundle install(String name, Map<String, String> headers) throws Exception {
    return framework.getBundleContext().installBundle("test:" + name, Bundles.jar(name, headers));
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("status-state-1"))
        .count();
  }

  private static final class Events implements Stream {
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    Map<String, Object> next(int count) {
      await().atMost(LIMIT).until(() -> samples.size() >= count);
      return samples.get(count - 1).readings().stream()
          .map(Reading.Measured.class::cast)
          .collect(Collectors.toMap(Reading::channel, reading -> reading.value().getValue()));
    }

    @Override
    public String name() {
      return "events";
    }

    @Override
    public void append(Sample sample, AppendCallback callback) {
      if (refusals.getAndDecrement() > 0) {
        callback.refused(new Refusal(Refusal.Cause.FULL, "full"));
      } else {
        samples.add(sample);
        callback.accepted(samples.size());
      }
    }

    @Override
    public Outlet open(Runnable wakeup) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StreamLedger ledger() {
      throw new UnsupportedOperationException();
    }
  }
}
