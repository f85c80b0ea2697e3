// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/**
 * SIGKILL at the named steps of an update from a repository, while samples flow: all of the set
 * afterwards or nothing of it. Run by {@code benchmarks/prove upgrade-under-load}; the property
 * {@code kete.kills} says how much: {@code few} some steps, {@code once} each step once and whether
 * all are reached, {@code all} each step of each operation.
 */
public class UpgradeKillTable {

  private static final Duration DRAIN = Duration.ofMinutes(4);
  private static final int HELD_SECONDS = 60;
  private static final List<String> FEW =
      List.of("PART_INSTALLED", "SET_DECIDED", "PART_COMMITTED");

  private record Kill(Upgrades.Operation operation, String step) {}

  @Test
  public void aKillAtAnyStepLeavesAllOfTheSetOrNothing() throws Exception {
    List<String> faults = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    try (Upgrades gateway = Upgrades.open(Platform.folder(UpgradeKillTable.class), true)) {
      List<Kill> plan = plan(gateway, seen, faults);
      for (Kill kill : plan) {
        kill(gateway, kill).forEach(fault -> faults.add(kill + ": " + fault));
      }
      long last = gateway.accepted();
      Eventually.holds(DRAIN, () -> assertThat(gateway.traffic().missing(last)).isZero());
      List<String> never = new ArrayList<>(allSteps());
      never.removeAll(seen);
      System.out.printf(
          "upgrade-kills kills %d, steps %d, never reached %s, faults %d, samples %d, lost %d%n",
          plan.size(),
          allSteps().size(),
          never,
          faults.size(),
          last,
          gateway.traffic().missing(last) + gateway.traffic().faults());
      assertThat(faults).isEmpty();
      assertThat(never).as("steps no operation reached").isEmpty();
      assertThat(gateway.traffic().faults()).isZero();
    }
  }

  private static List<Kill> plan(Upgrades gateway, Set<String> seen, List<String> faults)
      throws Exception {
    String much = System.getProperty("kete.kills", "few");
    List<Kill> plan = new ArrayList<>();
    if (much.equals("few")) {
      FEW.forEach(step -> plan.add(new Kill(Upgrades.Operation.LIVE, step)));
      seen.addAll(allSteps());
      return plan;
    }
    for (Upgrades.Operation operation : Upgrades.Operation.values()) {
      for (String step : steps(gateway, operation, faults)) {
        boolean first = seen.add(step);
        if (first || much.equals("all")) {
          plan.add(new Kill(operation, step));
        }
      }
    }
    return plan;
  }

  /** The steps an operation reaches when nobody kills it. */
  private static Set<String> steps(
      Upgrades gateway, Upgrades.Operation operation, List<String> faults) throws Exception {
    gateway.reset();
    gateway.halt().reached();
    Map.Entry<Boolean, String> outcome = gateway.outcome(gateway.order(operation));
    Set<String> reached = new LinkedHashSet<>(gateway.halt().reached());
    gateway.faults(operation, outcome).forEach(fault -> faults.add(operation + ": " + fault));
    return reached;
  }

  private static List<String> kill(Upgrades gateway, Kill kill) throws Exception {
    gateway.reset();
    gateway.halt().at(kill.step());
    String order = gateway.order(kill.operation());
    List<String> faults = new ArrayList<>();
    if (!gateway.halt().isHeld(HELD_SECONDS)) {
      faults.add("the step was not reached");
    }
    long accepted = gateway.accepted();
    gateway.kill();
    if (gateway.accepted() < accepted) {
      faults.add("the store is younger than before");
    }
    faults.addAll(gateway.faults(kill.operation(), gateway.outcome(order)));
    return faults;
  }

  private static List<String> allSteps() throws IOException, ClassNotFoundException {
    Path jar = Product.installation().resolve("bundles/io.kete.container.deploy-1.0.0.jar");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      return Arrays.stream(Class.forName(Upgrades.STEPS, false, loader).getFields())
          .filter(each -> each.isEnumConstant())
          .map(each -> each.getName())
          .toList();
    }
  }
}
