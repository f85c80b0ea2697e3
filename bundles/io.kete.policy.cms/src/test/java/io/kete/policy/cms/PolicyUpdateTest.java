// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static io.kete.policy.cms.PolicyBench.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.policy.api.Treatment;
import io.kete.policy.cms.envelope.EpochLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyUpdateTest {

  private final Identity authority = Identity.ec("authority");
  private PolicyBench bench;

  @BeforeEach
  void prepare(@TempDir Path folder) throws Exception {
    bench = new PolicyBench(folder, false).anchor("policy/authority.pem", authority);
    bench.certificate("centre.pem", Identity.ec("centre"));
  }

  private static String document(int version, String extra, String action) {
    return """
        {"format": "kete-policy/1", "version": %d, %s "recipients": {"centre": "centre.pem"},
         "rules": [{"channel": "flow", "action": "%s"}]}
        """
        .formatted(version, extra, action);
  }

  private void signed(String text) {
    bench.document(text).signature(authority.sign(text));
  }

  private Treatment flow() {
    return bench.policy().treatment("pump-1", "flow");
  }

  @Test
  void aSignedDocumentIsInForce() {
    signed(document(3, "", "plain"));
    bench.start();

    assertThat(flow()).isEqualTo(Treatment.PLAIN);
    assertThat(bench.policy().identity().version()).isEqualTo("3");
    assertThat(bench.policy().identity().digest()).hasSize(64);
    assertThat(bench.problems()).isEmpty();
  }

  @Test
  void anUnsignedDocumentIsRefusedUnlessTheDeveloperPropertyIsSet(@TempDir Path other) {
    bench.document(document(3, "", "plain")).start();
    assertThat(flow()).isEqualTo(Treatment.SEAL);
    assertThat(bench.problems()).contains("policy document refused: not signed");

    PolicyBench developer = PolicyBench.unsigned(other, document(3, "", "plain"));
    assertThat(developer.policy().treatment("pump-1", "flow")).isEqualTo(Treatment.PLAIN);
    assertThat(developer.problems())
        .contains("policy version 3 is not signed; kete.developer.unsigned lets it pass");
  }

  @Test
  void aChangedDocumentIsRefusedAndTheFormerStays() {
    signed(document(3, "", "plain"));
    bench.start();

    bench.document(document(4, "", "drop")).apply();

    assertThat(flow()).isEqualTo(Treatment.PLAIN);
    assertThat(bench.problems())
        .containsExactly(
            "policy document refused: signature does not fit the content",
            "policy version 3 stays in force");
  }

  @Test
  void aNewerDocumentTakesEffectBetweenTwoBlocksWithoutARestart() {
    signed(document(3, "", "plain"));
    bench.start();
    assertThat(bench.seal(sample("pump-1", "flow", 1)).block().policy()).isEqualTo("3");

    signed(document(4, "", "drop"));
    bench.apply();

    assertThat(bench.seal(sample("pump-1", "flow", 1)).block().policy()).isEqualTo("4");
    assertThat(bench.open(sample("pump-1", "flow", 1))).isEmpty();
  }

  @Test
  void anOlderDocumentIsRefusedEvenAfterARestart() {
    signed(document(4, "", "drop"));
    bench.start();
    signed(document(3, "", "plain"));

    bench.apply();
    assertThat(flow()).isEqualTo(Treatment.DROP);
    bench.restart();

    assertThat(flow()).isEqualTo(Treatment.DROP);
    assertThat(bench.problems())
        .contains(
            "policy document refused: version 3 is not newer than version 4, which was accepted before");
  }

  @Test
  void otherContentUnderTheSameVersionIsRefused() {
    signed(document(4, "", "drop"));
    bench.start();
    signed(document(4, "", "plain"));
    bench.apply();

    assertThat(flow()).isEqualTo(Treatment.DROP);
  }

  @Test
  void anAcceptedDocumentOutlivesTheCertificateOfItsAuthorityAndAWrongClock() {
    signed(document(4, "", "plain"));
    bench.start();
    bench.moveTo(Identity.UNTIL.plusSeconds(1));
    bench.restart();
    assertThat(flow()).isEqualTo(Treatment.PLAIN);

    bench.moveTo(Instant.EPOCH);
    bench.restart();
    assertThat(flow()).isEqualTo(Treatment.PLAIN);
  }

  @Test
  void aDocumentStartsAndEndsWithItsValidity() {
    signed(document(1, "", "drop"));
    bench.start();
    signed(
        document(
            2,
            "\"validFrom\": \"2026-06-01T13:00:00Z\", \"validUntil\": \"2026-06-01T14:00:00Z\",",
            "plain"));
    bench.apply();
    assertThat(flow()).isEqualTo(Treatment.DROP);

    bench.pass(Duration.ofHours(1));
    assertThat(flow()).isEqualTo(Treatment.PLAIN);

    bench.pass(Duration.ofHours(1));
    assertThat(flow()).isEqualTo(Treatment.SEAL);
    assertThat(bench.problems()).anyMatch(text -> text.contains("has expired"));

    bench.moveTo(Instant.parse("2026-06-01T13:30:00Z"));
    assertThat(flow()).isEqualTo(Treatment.PLAIN);
  }

  @Test
  void aDamagedRecordOfTheAcceptedDocumentRefusesEverything() throws Exception {
    signed(document(4, "", "plain"));
    bench.start();
    Files.writeString(bench.folder().resolve("data/accepted.json"), "{}");
    signed(document(5, "", "plain"));
    bench.restart();

    assertThat(flow()).isEqualTo(Treatment.SEAL);
    assertThat(bench.problems())
        .anyMatch(text -> text.contains("the record of the last accepted policy is damaged"));
  }

  @Test
  void aPolicyFromAFileHasItsSignatureBesideIt() throws Exception {
    String text = document(3, "", "plain");
    Files.writeString(bench.folder().resolve("policy.json"), text);
    Files.write(bench.folder().resolve("policy.json.p7s"), authority.sign(text));
    bench.file("policy.json").start();

    assertThat(flow()).isEqualTo(Treatment.PLAIN);
  }

  @Test
  void aMissingPolicyFileIsNamed() {
    bench.file("absent.json").start();

    assertThat(bench.problems())
        .contains("policy document refused: policy.file absent.json does not exist");
  }

  @Test
  void limitsAreCheckedWithTheirRange() {
    assertThatThrownBy(() -> new EpochLimits(Duration.ofHours(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PolicySettings.inRange(0, 8760, "epoch.hours"))
        .hasMessage("io.kete.policy.cms.CmsPolicy: epoch.hours=0 is not in 1..8760");
  }
}
