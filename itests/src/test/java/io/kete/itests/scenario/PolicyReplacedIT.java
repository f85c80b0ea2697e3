// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.itests.world.Registers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** The service of the data policy goes and another one comes while sensitive data flows. */
public class PolicyReplacedIT extends OnFelix {

  private static final String STREAM = "telemetry";
  private static final String BUFFER = "buffer." + STREAM;
  private static final int ROUNDS = 3;
  private static final long SAMPLES = 30;

  @Configuration
  public static Option[] gateway() {
    Site site = Site.open(Platform.folder(PolicyReplacedIT.class));
    int device = site.peer().device();
    System.setProperty("kete.itests.device", Integer.toString(device));
    Plan plan =
        new Plan()
                .device("plc", "pump-1", device)
                .route("pump", Plan.text("asset:pump-1?period=50", "buffer:telemetry"))
                .stream(STREAM)
                .cloud(site.peer().broker());
    site.configure(plan, Plan.policy(1, "\"pump-1/serial\", \"pump-1/lantern*\""));
    return Platform.product(site);
  }

  @Test
  public void nothingIsInClearAndTheStreamGoesOn() throws Exception {
    assertComplete();
    awaitAccepted(SAMPLES);
    Bundle policy = policyBundle();
    for (int round = 0; round < ROUNDS; round++) {
      policy.stop();
      Eventually.holds(
          PATIENCE,
          () -> assertThat(problems(BUFFER)).anyMatch(each -> each.contains("no data policy")));
      long waiting = fact(BUFFER, "accepted");
      assertNoCanary();
      policy.start();
      awaitAccepted(waiting + SAMPLES);
      Eventually.holds(PATIENCE, () -> assertThat(problems(BUFFER)).isEmpty());
    }
    stopRoute("pump");
    awaitEverything(STREAM);
    assertEverySampleCameSealed();
    assertNoCanary();
    for (byte[] lantern : PathIT.patterns(Registers.lantern(0), "LANTERN-").subList(0, 1)) {
      assertThat(peer().messagesWith(lantern)).as("the search finds what is open").isPositive();
    }
  }

  private Bundle policyBundle() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> "io.kete.policy.cms".equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow();
  }

  private void awaitAccepted(long count) {
    Eventually.holds(
        PATIENCE, () -> assertThat(fact(BUFFER, "accepted")).isGreaterThanOrEqualTo(count));
  }

  /** Each state of the device once and in order, with the values that came sealed. */
  private void assertEverySampleCameSealed() {
    long polls = polls(Integer.getInteger("kete.itests.device", 0));
    List<Sample> read =
        peer().samples(STREAM).stream().dropWhile(PathIT::cameBeforeTheDriver).toList();
    assertThat(read.stream().map(sample -> sample.number("serial")).toList())
        .isEqualTo(LongStream.rangeClosed(1, polls).boxed().toList());
    for (Sample sample : read) {
      long n = sample.number("serial");
      assertThat(sample.number("canary")).isEqualTo(Registers.canary(n));
      assertThat(sample.values()).containsEntry("canaryText", Registers.canaryText(n));
    }
  }

  private void assertNoCanary() throws IOException {
    for (byte[] canary : PathIT.patterns(Registers.canary(0), "CANARY-")) {
      assertThat(Site.filesWith(data(), canary)).isEmpty();
      assertThat(peer().messagesWith(canary)).isZero();
    }
  }
}
