// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

/**
 * SIGKILL at every named step of download, installation, upgrade and removal: one consistent state
 * afterwards, the outcome told, no file left. The property {@code kete.kills} says how much: {@code
 * short} a few steps, {@code once} each step once, {@code all} each step in each operation.
 */
public class KillTableIT {

  private static final List<String> SHORT =
      List.of("FETCH_HALF", "SESSION_DONE", "COMMITTED", "ENDING_NOTED");

  @Test
  public void anyKillLeavesTheOldOrTheNewState() throws Exception {
    boolean built = Files.isRegularFile(Product.installation().resolve("bin/kete"));
    if (!built) {
      System.out.println("KillTableIT is skipped: the distribution is not built");
    }
    assumeTrue("the distribution is not built", built);
    String kills = System.getProperty("kete.kills", "short");
    try (KillTable table = KillTable.open(Platform.folder(KillTableIT.class))) {
      List<KillTable.Kill> plan = new ArrayList<>();
      for (KillTable.Operation operation : KillTable.Operation.values()) {
        for (String step : table.steps(operation)) {
          boolean known = plan.stream().anyMatch(kill -> kill.step().equals(step));
          if (kills.equals("all") || (!known && (kills.equals("once") || SHORT.contains(step)))) {
            plan.add(new KillTable.Kill(operation, step));
          }
        }
      }
      List<String> faults = new ArrayList<>();
      for (KillTable.Kill kill : plan) {
        table.kill(kill).forEach(fault -> faults.add(kill + ": " + fault));
      }
      List<String> never = new ArrayList<>(table.allSteps());
      never.removeAll(table.seen());
      System.out.println(
          "kill-table kills "
              + plan.size()
              + ", steps "
              + table.allSteps().size()
              + ", never reached "
              + never
              + ", faults "
              + faults.size());
      assertThat(faults).isEmpty();
      assertThat(never).as("steps no operation reached").isEmpty();
      assertThat(plan.size()).isGreaterThanOrEqualTo(Arrays.asList(SHORT.toArray()).size());
    }
  }
}
