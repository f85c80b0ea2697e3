// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillTest {

  @TempDir Path directory;

  @Test
  void losesNothingThatWasAcceptedWhenTheProcessIsKilled()
      throws IOException, InterruptedException {
    KillRounds.Result result = KillRounds.run(directory.resolve("s"), 200, 11);
    assertThat(result.holds()).as(result.toString()).isTrue();
    assertThat(result.accepted()).isPositive();
  }
}
