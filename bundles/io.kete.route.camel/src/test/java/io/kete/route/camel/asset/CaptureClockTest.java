// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.ClockQuality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureClockTest {
  private static final long START = 1_700_000_000_000L;

  private long wall = START;
  private long nanos = 42;
  private final CaptureClock clock = new CaptureClock(() -> wall, () -> nanos);

  private void pass(long millis) {
    wall += millis;
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void followsTheMonotonicClockWhileTheWallClockWobbles() {
    pass(500);
    wall -= 300;
    assertThat(clock.millis()).isEqualTo(START + 500);
  }

  @Test
  void followsAJumpAheadAtOnce() {
    pass(500);
    wall += 3_600_000;
    assertThat(clock.millis()).isEqualTo(wall);
    pass(10);
    assertThat(clock.millis()).isEqualTo(wall);
  }

  @Test
  void goesOnSlowlyAfterAJumpBackUntilTheWallClockHasCaughtUp() {
    clock.checked(ClockQuality.SYNCHRONISED);
    pass(10_000);
    wall -= 4_000;
    long atJump = clock.millis();
    assertThat(atJump).isEqualTo(START + 10_000);
    pass(4_000);
    assertThat(clock.millis()).isEqualTo(atJump + 2_000);
    assertThat(clock.quality()).isEqualTo(ClockQuality.FREE_RUNNING);
    pass(4_001);
    assertThat(clock.millis()).isEqualTo(wall);
    assertThat(clock.quality()).isEqualTo(ClockQuality.SYNCHRONISED);
  }

  @Test
  void neverGoesBackWhateverTheWallClockDoes() {
    Random random = new Random(7);
    long last = clock.millis();
    for (int i = 0; i < 20_000; i++) {
      pass(random.nextInt(200));
      if (random.nextInt(50) == 0) {
        wall += random.nextInt(2_000_000) - 1_000_000;
      }
      long now = clock.millis();
      assertThat(now).isGreaterThanOrEqualTo(last).isGreaterThanOrEqualTo(wall - 1_000);
      last = now;
    }
  }

  @Test
  void readsTheMarksOfTheTimeService(@TempDir Path folder) throws Exception {
    assertThat(new ClockCheck(folder.resolve("absent")).check()).isEqualTo(ClockQuality.UNKNOWN);
    assertThat(new ClockCheck(folder).check()).isEqualTo(ClockQuality.FREE_RUNNING);
    Files.createFile(folder.resolve("synchronized"));
    assertThat(new ClockCheck(folder).check()).isEqualTo(ClockQuality.SYNCHRONISED);
  }
}
