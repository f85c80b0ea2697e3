// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Lineage;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.policy.cms.Shapes.Shape;
import io.kete.policy.cms.document.Decision;
import io.kete.policy.cms.document.Decisions;
import io.kete.policy.cms.document.PolicyDocument;
import io.kete.policy.cms.document.PolicyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;

class ShapesTest {

  private static final String DOCUMENT =
      """
      {"format": "kete-policy/1", "version": 1, "recipients": {"centre": "c.pem", "other": "o.pem"},
       "rules": [{"name": "a", "asset": "pump-1", "channel": "open-*", "action": "%s"},
                 {"name": "b", "channel": "two-*", "action": "seal", "recipients": ["centre"]},
                 {"name": "c", "channel": "gone-*", "action": "drop"}]}
      """;
  private static final String[] NAMES = {"open-1", "open-2", "two-1", "gone-1", "unknown"};
  private static final List<Lineage> SCORED =
      List.of(
          new Lineage("slot", "model", "1", "00", List.of("two-1", "open-1"), List.of("open-2")));

  private final Random random = new Random(3);

  private static Decisions decisions(String action) throws PolicyException {
    return Decisions.of(PolicyDocument.parse(DOCUMENT.formatted(action)));
  }

  private Sample sample() {
    List<Reading> readings = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = new String(NAMES[random.nextInt(NAMES.length)].toCharArray());
      readings.add(Reading.Measured.good(name, TypedValues.newIntegerValue(i), "", 0));
    }
    return new Sample(
        random.nextBoolean() ? "pump-1" : "pump-2",
        0,
        ClockQuality.SYNCHRONISED,
        readings,
        random.nextInt(3) == 0 ? SCORED : List.of());
  }

  /** Whatever came before, and under which policy: each reading gets what the policy says. */
  @Test
  void whatIsRememberedNeverDecidesForAnotherSampleOrPolicy() throws PolicyException {
    Decisions[] policies = {decisions("plain"), decisions("keep")};
    Shapes shapes = new Shapes();
    Decisions inForce = policies[0];
    for (int round = 0; round < 20_000; round++) {
      if (random.nextInt(50) == 0) {
        inForce = policies[random.nextInt(2)];
      }
      Sample sample = sample();
      Shape shape = shapes.of(inForce, sample);
      boolean open = true;
      for (int i = 0; i < sample.readings().size(); i++) {
        String channel = sample.readings().get(i).channel();
        Decision derived = inForce.derived(sample).get(channel);
        Decision expected = derived == null ? inForce.of(sample.asset(), channel) : derived;
        assertThat(shape.action(i)).isEqualTo(expected.action());
        open &= expected.treatment() == io.kete.policy.api.Treatment.PLAIN;
      }
      assertThat(shape.isOpen()).isEqualTo(open);
    }
  }

  @Test
  void oneOtherChannelOrRecipientIsEnoughNotToSealASampleAsAWhole() throws PolicyException {
    Decisions inForce = decisions("plain");
    assertThat(whole(inForce, "x", "y")).isTrue();
    assertThat(whole(inForce, "x", "gone-1")).isFalse();
    assertThat(whole(inForce, "x", "open-1")).isFalse();
    assertThat(whole(inForce, "x", "two-1")).isFalse();
    assertThat(whole(inForce, "x", BlockSealer.NESTED_BLOCK + "00")).isFalse();
    assertThat(whole(inForce)).isFalse();
  }

  private static boolean whole(Decisions inForce, String... channels) {
    List<Reading> readings = new ArrayList<>();
    for (String channel : channels) {
      readings.add(Reading.Measured.good(channel, TypedValues.newIntegerValue(1), "", 0));
    }
    Sample sample = new Sample("pump-1", 0, ClockQuality.SYNCHRONISED, readings);
    return new Shapes().of(inForce, sample).whole().isPresent();
  }
}
