// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

/**
 * Core, route, driver and model go from 1.0 to 1.1 out of a repository while 2,000 samples a second
 * flow.
 */
public class UpgradeIT {

  private static final Duration DRAIN = Duration.ofMinutes(4);
  private static final Duration WATCHED = Duration.ofSeconds(5);

  @Test
  public void onlyWhatChangedRestartsAndNothingIsLost() throws Exception {
    boolean built = Files.isRegularFile(Product.installation().resolve("bin/kete"));
    if (!built) {
      System.out.println("UpgradeIT is skipped: the distribution is not built");
    }
    assumeTrue("the distribution is not built", built);
    try (Upgrades gateway = Upgrades.open(Platform.folder(UpgradeIT.class), false)) {
      gateway.restarted();
      double rate = rate(gateway);
      long before = gateway.accepted();
      long began = System.nanoTime();
      Map.Entry<Boolean, String> outcome = gateway.outcome(gateway.order(Upgrades.Operation.LIVE));
      double during = (gateway.accepted() - before) * 1e9 / (System.nanoTime() - began);
      assertThat(outcome.getKey()).as(outcome.getValue()).isTrue();
      assertThat(gateway.faults(Upgrades.Operation.LIVE, outcome)).isEmpty();
      Set<String> restarted = new TreeSet<>(gateway.restarted());
      Set<String> others = new TreeSet<>(restarted);
      others.removeAll(Upgrades.changed());
      long last = gateway.accepted();
      Eventually.holds(DRAIN, () -> assertThat(gateway.traffic().missing(last)).isZero());
      List<String> failed = gateway.failed();
      System.out.printf(
          "upgrade samples %d, per second %.0f, during the upgrade %.0f, lost %d, failed %d,"
              + " restarted %d of %d changed bundles, others restarted %s%n",
          last,
          rate,
          during,
          gateway.traffic().missing(last) + gateway.traffic().faults(),
          failed.size(),
          restarted.size() - others.size(),
          Upgrades.changed().size(),
          others);
      assertThat(gateway.traffic().faults()).as("ranges given up, stores begun anew").isZero();
      assertThat(failed).as("samples that did not get through a route").isEmpty();
      assertThat(others).as("restarted bundles that did not change").isEmpty();
      assertThat(restarted).as("restarted bundles").isEqualTo(Upgrades.changed());
    }
  }

  private static double rate(Upgrades gateway) {
    long before = gateway.accepted();
    long began = System.nanoTime();
    Eventually.holds(
        Duration.ofMinutes(1),
        () -> assertThat(System.nanoTime() - began).isGreaterThan(WATCHED.toNanos()));
    return (gateway.accepted() - before) * 1e9 / (System.nanoTime() - began);
  }
}
