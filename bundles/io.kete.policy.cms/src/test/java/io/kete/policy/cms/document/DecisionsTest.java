// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import static io.kete.policy.cms.PolicyBench.derived;
import static io.kete.policy.cms.PolicyBench.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Sample;
import io.kete.policy.api.Treatment;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionsTest {

  private static final String TABLE =
      """
      {"format": "kete-policy/1", "version": 3,
       "recipients": {"centre": "centre.pem", "vendor": "vendor.pem"},
       "default": {"action": "seal", "recipients": ["centre"]},
       "classes": {"recipe": ["mixer-*/set*", "mixer-*/dose"]},
       "rules": [
         {"name": "recipes stay", "class": "recipe", "action": "keep"},
         {"name": "noise goes", "asset": "*", "channel": "debug*", "action": "drop"},
         {"name": "both read vibration", "channel": "vib", "action": "seal", "recipients": ["vendor", "centre"]},
         {"name": "flow is open", "asset": "pump-?", "channel": "flow", "action": "plain"},
         {"name": "level is coarse", "asset": "pump-*", "channel": "level", "action": "coarsen", "round": 10},
         {"name": "batch is a pseudonym", "channel": "batch", "action": "pseudonymise", "recipient": "vendor"},
         {"name": "alarm is open", "channel": "alarm", "action": "plain"},
         {"name": "open a*", "channel": "a*", "action": "plain"},
         {"name": "open derived", "channel": "trend*", "action": "plain", "derived": true},
         {"name": "own noise", "asset": "kete.debug", "channel": "*", "action": "drop"}]}
      """;

  private final Decisions decisions = Decisions.of(document(TABLE));

  private static PolicyDocument document(String text) {
    try {
      return PolicyDocument.parse(text);
    } catch (PolicyException e) {
      throw new AssertionError(e);
    }
  }

  private Decision of(Sample sample, String output) {
    return Objects.requireNonNull(decisions.derived(sample).get(output));
  }

  @ParameterizedTest
  @CsvSource({
    "pump-1, flow, PLAIN, rule flow is open",
    "pump-12, flow, SEAL, default",
    "pump-12, level, COARSEN, rule level is coarse",
    "mixer-3, setpoint, KEEP, rule recipes stay",
    "mixer-3, dose, KEEP, rule recipes stay",
    "pump-3, dose, SEAL, default",
    "mixer-3, debug1, DROP, rule noise goes",
    "any, vib, SEAL, rule both read vibration",
    "any, batch, PSEUDONYMISE, rule batch is a pseudonym",
    "any, alarm, PLAIN, rule alarm is open (derived)",
    "any, unknown, SEAL, default",
    "kete.status, debug, PLAIN, the gateway's own",
    "kete.debug, x, DROP, rule own noise",
    "Kete.status, x, SEAL, default"
  })
  void firstMatchWins(String asset, String channel, Treatment treatment, String why) {
    Decision decision = decisions.of(asset, channel);

    assertThat(decision.treatment()).isEqualTo(treatment);
    assertThat(why).startsWith(decision.why());
    assertThat(decisions.of(asset, channel)).isSameAs(decision);
  }

  @ParameterizedTest
  @CsvSource({
    // inputs, output, expected
    "flow alarm, score, PLAIN",
    "flow unknown, score, SEAL",
    "flow level, score, SEAL",
    "flow batch, score, SEAL",
    "flow debug1, score, DROP",
    "vib debug1, score, DROP",
    "unknown, alarm, PLAIN",
    "unknown, trend, PLAIN",
    "unknown, average, SEAL",
    "flow, average, PLAIN",
    "flow, debugged, DROP",
    "score, score, SEAL"
  })
  void derivedValuesInheritTheStrictestUnlessNamed(
      String inputs, String output, Treatment expected) {
    Sample sample = derived(sample("pump-1"), output, inputs.split(" "));

    assertThat(decisions.derived(sample).get(output))
        .extracting(Decision::treatment)
        .isEqualTo(expected);
  }

  @Test
  void derivedFromDerivedLooksThrough() {
    Sample sample =
        derived(derived(sample("pump-1"), "second", "first", "flow"), "first", "unknown");

    assertThat(of(sample, "second").treatment()).isEqualTo(Treatment.SEAL);
    assertThat(of(sample, "first").treatment()).isEqualTo(Treatment.SEAL);
  }

  @Test
  void derivedFromDifferentlySealedIsForThoseWhoMayReadAll() {
    Sample both = derived(sample("pump-1"), "score", "vib", "unknown");
    Sample one = derived(sample("pump-1"), "score", "vib");

    assertThat(of(both, "score").action()).isEqualTo(new Action.Seal(List.of("centre")));
    assertThat(of(one, "score").action()).isEqualTo(new Action.Seal(List.of("centre", "vendor")));
  }

  @Test
  void sameLineageOnAnotherAssetIsDecidedAgain() {
    Sample known = derived(sample("pump-1"), "score", "flow");
    Sample unknown = derived(sample("boiler"), "score", "flow");

    assertThat(of(known, "score").treatment()).isEqualTo(Treatment.PLAIN);
    assertThat(of(unknown, "score").treatment()).isEqualTo(Treatment.SEAL);
  }

  @Test
  void anExpiredDocumentLetsNothingOutInClear() {
    Decisions expired = Decisions.ofExpired(document(TABLE));

    assertThat(expired.of("pump-1", "flow").treatment()).isEqualTo(Treatment.SEAL);
    assertThat(expired.of("pump-1", "level").treatment()).isEqualTo(Treatment.SEAL);
    assertThat(expired.of("mixer-1", "dose").treatment()).isEqualTo(Treatment.KEEP);
    assertThat(expired.of("kete.status", "state").treatment()).isEqualTo(Treatment.PLAIN);
  }

  @Test
  void withoutDocumentEverythingIsSensitiveForNobody() {
    Decisions none = Decisions.withoutDocument();

    assertThat(none.of("pump-1", "flow").action()).isEqualTo(new Action.Seal(List.of()));
    assertThat(none.of("kete.status", "state").treatment()).isEqualTo(Treatment.PLAIN);
  }

  @Test
  void memoryIsBoundedHoweverManyChannelsThereAre() {
    for (int i = 0; i < 70_000; i++) {
      assertThat(decisions.of("asset" + i, "unknown").treatment()).isEqualTo(Treatment.SEAL);
    }
    Decision late = decisions.of("asset69999", "unknown");

    assertThat(decisions.of("asset69999", "unknown")).isEqualTo(late).isNotSameAs(late);
  }
}
