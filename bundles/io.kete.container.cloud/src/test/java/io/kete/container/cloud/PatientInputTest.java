// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatientInputTest {

  private static final int SLEEPS = 3;

  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger ended = new AtomicInteger();

  private PatientInput input() {
    return new PatientInput(new ByteArrayInputStream(new byte[] {7}), never);
  }

  private void sleepLong() {
    try {
      assertThat(never.await(10, TimeUnit.MINUTES)).isFalse();
    } catch (InterruptedException e) {
      ended.incrementAndGet();
    }
  }

  @Test
  void theFirstReadEndsTheSleepsOfTheThreadThatOpened() throws Exception {
    CompletableFuture<InputStream> opened = new CompletableFuture<>();
    Thread opener =
        new Thread(
            () -> {
              opened.complete(input());
              for (int i = 0; i < SLEEPS; i++) {
                sleepLong();
              }
            });
    opener.setDaemon(true);
    opener.start();
    assertThat(opened.get(5, TimeUnit.SECONDS).read()).isEqualTo(7);
    assertThat(ended).hasValue(SLEEPS);
    opener.join();
  }

  @Test
  void whoReadsWhatItOpenedIsNotInterrupted() throws Exception {
    assertThat(input().read()).isEqualTo(7);
    assertThat(Thread.interrupted()).isFalse();
  }
}
