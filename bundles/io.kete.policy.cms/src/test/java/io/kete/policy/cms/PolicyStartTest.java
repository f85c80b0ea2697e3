// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.policy.api.PolicyIdentity;
import io.kete.policy.api.Treatment;
import io.kete.policy.cms.envelope.EpochLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first moments of the component are like, while its document is still being read. */
class PolicyStartTest {

  private static final String DOCUMENT =
      """
      {"format": "kete-policy/1", "version": 7, "recipients": {"centre": ["centre.pem"]},
       "default": {"action": "seal", "recipients": ["centre"]},
       "rules": [{"channel": "flow", "action": "plain"}]}
      """;

  private final CountDownLatch released = new CountDownLatch(1);

  private CmsPolicy start(Path folder, Set<String> erased) {
    PolicySettings settings =
        new PolicySettings(
            DOCUMENT,
            "",
            "",
            folder.resolve("certificates"),
            folder.resolve("anchors"),
            new EpochLimits(Duration.ofHours(24), 1L << 20),
            "",
            erased,
            folder);
    Folders folders = new Folders(folder, folder.resolve("data"), true);
    Clock clock = new StoppedClock(released);
    return new CmsPolicy(settings, folders, clock, System::nanoTime, Optional::empty);
  }

  @Test
  void whoAsksBeforeTheDocumentIsInForceWaitsForIt(@TempDir Path folder) throws Exception {
    CmsPolicy policy = start(folder, Set.of());
    CompletableFuture<Treatment> answer = new CompletableFuture<>();
    Thread early = new Thread(() -> answer.complete(policy.treatment("pump", "flow")));
    early.start();

    early.join(100);
    assertThat(answer).isNotDone();
    assertThat(policy.status().facts()).containsEntry("version", "none");

    released.countDown();
    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(Treatment.PLAIN);
    assertThat(policy.identity()).extracting(PolicyIdentity::version).isEqualTo("7");
    policy.deactivate();
  }

  @Test
  void whatIsToBeErasedIsKnownAtOnce(@TempDir Path folder) {
    CmsPolicy policy = start(folder, Set.of("0011223344556677"));

    assertThat(policy.erasedEpochs()).containsExactly("0011223344556677");

    released.countDown();
    policy.deactivate();
  }

  @Test
  void aNewerConfigurationIsNotReplacedByTheFirst(@TempDir Path folder) {
    CmsPolicy policy = start(folder, Set.of());
    released.countDown();
    policy.configure(PolicySettings.nothing(folder));
    assertThat(policy.identity().version()).isEqualTo("none");
    policy.deactivate();
    assertThat(policy.identity().version()).isEqualTo("none");
  }

  /** Tells the time only after it was released. */
  private static final class StoppedClock extends Clock {

    private final CountDownLatch released;

    StoppedClock(CountDownLatch released) {
      this.released = released;
    }

    @Override
    public Instant instant() {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return PolicyBench.NOW;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
