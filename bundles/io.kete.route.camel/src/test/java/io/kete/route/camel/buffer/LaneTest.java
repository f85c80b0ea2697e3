// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.Sample;
import io.kete.route.camel.ledger.RouteLedger;
import io.kete.route.camel.ledger.StepException;
import io.kete.route.camel.service.MapDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final DefaultCamelContext context = new DefaultCamelContext(false);
  private final ScriptedStream stream = new ScriptedStream();
  private final MapDirectory<Stream> streams = new MapDirectory<Stream>().with("telemetry", stream);
  private final List<Runnable> timed = new ArrayList<>();
  private final RouteLedger ledger = new RouteLedger("pump", System::nanoTime);
  private final AtomicInteger done = new AtomicInteger();
  private final List<Exchange> exchanges = new ArrayList<>();
  private final Lane lane = new Lane("telemetry", streams, (millis, task) -> timed.add(task));

  @AfterEach
  void close() {
    stream.close();
  }

  private void submit(int number) {
    submit(lane, number);
  }

  private void submit(Lane into, int number) {
    Exchange exchange = new DefaultExchange(context);
    exchanges.add(exchange);
    ledger.begin().attach(exchange);
    Sample sample = new Sample("pump-1", number, ClockQuality.UNKNOWN, List.of());
    into.submit(new Pending(into, exchange, sync -> finish(exchange), sample));
  }

  private void finish(Exchange exchange) {
    done.incrementAndGet();
    ledger.finish(exchange);
  }

  private void retry() {
    List<Runnable> due = List.copyOf(timed);
    timed.clear();
    due.forEach(Runnable::run);
  }

  private List<Long> stored() {
    return stream.stored().stream().map(Sample::timeMillis).toList();
  }

  @Test
  void samplesRefusedAsFullAreOfferedAgainInOrder() {
    stream.judge(sample -> Refusal.Cause.FULL);
    IntStream.rangeClosed(1, 3).forEach(this::submit);
    assertThat(stream.commit()).isEqualTo(3);
    submit(4);
    assertThat(stream.waiting()).isZero();
    assertThat(done).hasValue(0);
    assertThat(ledger.problems()).hasSize(1);

    retry();
    assertThat(stream.waiting()).isEqualTo(1); // one probe while it is full
    stream.commit();
    retry();
    stream.judge(sample -> null);
    stream.commit();
    assertThat(stream.waiting()).isEqualTo(3); // accepted: the rest follows
    stream.commit();
    assertThat(stored()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(done).hasValue(4);
    assertThat(ledger.counts().accepted()).isEqualTo(4);
    assertThat(ledger.problems()).isEmpty();
  }

  @Test
  void samplesRefusedByAClosingStreamGoToItsSuccessor() {
    stream.judge(sample -> Refusal.Cause.CLOSED);
    submit(1);
    submit(2);
    stream.commit();
    streams.without("telemetry");
    submit(3);
    try (ScriptedStream successor = new ScriptedStream()) {
      streams.with("telemetry", successor);
      successor.commit();
      successor.commit();
      assertThat(successor.stored()).extracting(Sample::timeMillis).containsExactly(1L, 2L, 3L);
    }
    assertThat(done).hasValue(3);
  }

  @Test
  void aSecondAnswerIsIgnored() {
    streams.with(
        "telemetry",
        new AnsweringStream(
            callback -> {
              callback.accepted(1);
              callback.accepted(1);
              callback.refused(new Refusal(Refusal.Cause.STORAGE, "late"));
            }));
    submit(1);
    assertThat(done).hasValue(1);
    assertThat(ledger.counts().accepted()).isEqualTo(1);
  }

  @Test
  void aStreamThatThrowsFailsTheSampleAndServesTheNext() {
    streams.with(
        "telemetry",
        new AnsweringStream(
            callback -> {
              throw new IllegalStateException("gone");
            }));
    submit(1);
    streams.with("telemetry", stream);
    submit(2);
    stream.commit();
    assertThat(ledger.counts().failed()).containsEntry("append_failed", 1L);
    assertThat(ledger.counts().accepted()).isEqualTo(1);
  }

  @Test
  void closingFailsWhatStillWaits() {
    streams.without("telemetry");
    submit(1);
    lane.close();
    assertThat(exchanges.get(0).getException()).isInstanceOf(StepException.class);
    assertThat(ledger.counts().failed()).containsEntry("route_stopped", 1L);
  }

  @Test
  void whateverTheStreamDoesEachSampleIsAnsweredExactlyOnce() {
    Random random = new Random(3);
    int count = 2_000;
    stream.judge(
        sample ->
            switch (random.nextInt(40)) {
              case 0 -> Refusal.Cause.FULL;
              case 1 -> Refusal.Cause.CLOSED;
              case 2 -> Refusal.Cause.STORAGE;
              default -> null;
            });
    stream.committing();
    // retries at once, on the thread of the stream
    Lane eager = new Lane("telemetry", streams, (millis, task) -> task.run());
    Thread coming = new Thread(this::comeAndGo, "test-coming");
    coming.start();
    for (int i = 1; i <= count; i++) {
      submit(eager, i);
    }
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(10))
        .until(() -> done.get() == count && ledger.counts().inRoute() == 0 && !coming.isAlive());
    assertThat(ledger.counts().isEven()).isTrue();
    assertThat(stored()).hasSize((int) ledger.counts().accepted()).doesNotHaveDuplicates();
    long lost = ledger.counts().failed().getOrDefault("refused_storage", 0L);
    assertThat(ledger.counts().accepted() + lost).isEqualTo(count);
    eager.close();
  }

  private void comeAndGo() {
    for (int i = 0; i < 200; i++) {
      streams.without("telemetry");
      streams.with("telemetry", stream);
    }
  }
}
