// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private static final long LONG = TimeUnit.SECONDS.toNanos(30);

  private final InFlight inFlight = new InFlight();
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext(false));
  private final ExecutorService waiter = Executors.newSingleThreadExecutor();

  @BeforeEach
  void prepare() {
    inFlight.addRoute("pump");
    inFlight.add(exchange, "pump");
  }

  @AfterEach
  void stop() {
    waiter.shutdownNow();
  }

  private CompletableFuture<Boolean> waiting(long nanos) {
    CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    waiter.execute(
        () -> {
          try {
            outcome.complete(inFlight.awaitNone("pump", nanos));
          } catch (InterruptedException e) {
            outcome.completeExceptionally(e);
          }
        });
    return outcome;
  }

  @Test
  void theWaitEndsWithTheLastExchange() {
    inFlight.add(exchange, "pump");
    CompletableFuture<Boolean> outcome = waiting(LONG);
    inFlight.remove(exchange, "pump");
    assertThat(outcome).isNotDone();

    inFlight.remove(exchange, "pump");

    await().atMost(10, TimeUnit.SECONDS).until(outcome::isDone);
    assertThat(outcome).isCompletedWithValue(true);
  }

  @Test
  void theWaitEndsWithItsTimeWhenAnExchangeStays() {
    CompletableFuture<Boolean> outcome = waiting(1);

    await().atMost(10, TimeUnit.SECONDS).until(outcome::isDone);
    assertThat(outcome).isCompletedWithValue(false);
  }

  @Test
  void anEmptyRouteNeedNotBeWaitedFor() throws InterruptedException {
    assertThat(inFlight.awaitNone("other", LONG)).isTrue();
  }
}
