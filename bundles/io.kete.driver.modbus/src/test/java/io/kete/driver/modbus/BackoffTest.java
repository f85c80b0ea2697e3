// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {

  private long now;
  private double random;

  @Test
  void doublesUpToTheLimitAndBeginsAnewAfterSuccess() {
    Backoff backoff = new Backoff(100, 500, () -> now, () -> random);
    assertThat(backoff.remainingMillis()).isZero();
    for (long expected : new long[] {100, 200, 400, 500, 500}) {
      backoff.failed();
      assertThat(backoff.remainingMillis()).isEqualTo(expected);
    }
    backoff.succeeded();
    assertThat(backoff.remainingMillis()).isZero();
    backoff.failed();
    assertThat(backoff.remainingMillis()).isEqualTo(100);
  }

  @Test
  void takesOffAtMostOneHalf() {
    Backoff backoff = new Backoff(1000, 1000, () -> now, () -> random);
    random = 1;
    backoff.failed();
    assertThat(backoff.remainingMillis()).isEqualTo(500);
    now += 500_000_000;
    assertThat(backoff.remainingMillis()).isZero();
  }

  @Test
  void neverOverflows() {
    Backoff backoff = new Backoff(3_600_000, 3_600_000, () -> now, () -> random);
    for (int i = 0; i < 100; i++) {
      backoff.failed();
    }
    assertThat(backoff.remainingMillis()).isEqualTo(3_600_000);
  }
}
