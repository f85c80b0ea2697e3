// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static io.kete.policy.cms.PolicyBench.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Failed;
import io.kete.policy.api.Sealing;
import io.kete.policy.api.Treatment;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailClosedTest {

  private static final String DOCUMENT =
      """
      {"format": "kete-policy/1", "version": 1, "recipients": {"centre": ["centre.pem"], "vendor": "vendor.pem"},
       "default": {"action": "seal", "recipients": ["centre"]},
       "rules": [{"channel": "flow", "action": "plain"},
                 {"channel": "vib", "action": "seal", "recipients": ["centre", "vendor"]}]}
      """;
  private static final Failed NO_RECIPIENT =
      new Failed("power", "withheld: no valid recipient", PolicyBench.NOW.toEpochMilli());

  private final Identity centre = Identity.ec("centre");
  private final Identity vendor = Identity.ec("vendor");
  private PolicyBench bench;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    bench = new PolicyBench(folder, true).document(DOCUMENT);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void withoutPolicyEverythingButTheGatewaysOwnIsWithheld() {
    bench.document("").start();

    Sealing sealing =
        bench.seal(sample("pump-1", "flow", 1.5), sample("kete.status", "state", "up"));

    assertThat(sealing.block().open().get(0).readings())
        .containsExactly(new Failed("flow", "withheld: no policy", PolicyBench.NOW.toEpochMilli()));
    assertThat(sealing.block().open().get(1)).isEqualTo(sample("kete.status", "state", "up"));
    assertThat(bench.policy().identity().version()).isEqualTo("none");
    assertThat(bench.policy().treatment("pump-1", "flow")).isEqualTo(Treatment.SEAL);
    assertThat(bench.problems())
        .anyMatch(text -> text.startsWith("no policy document is configured"));
  }

  @Test
  void aBrokenPolicyWithholdsAndNamesTheLine() {
    bench.document("{\n  \"format\": oops\n}").start();

    assertThat(bench.open(sample("pump-1", "flow", 1.5))).first().isInstanceOf(Failed.class);
    assertThat(bench.problems()).contains("policy document refused: line 2 column 13: not JSON");
  }

  @Test
  void aMissingCertificateIsNamedAndPlainGoesOn() {
    bench.start();

    Sealing sealing = bench.seal(sample("pump-1", "flow", 1.5, "power", 2.5));

    assertThat(sealing.block().sealed()).isEmpty();
    assertThat(sealing.block().open().get(0).readings())
        .containsExactly(sample("pump-1", "flow", 1.5).readings().get(0), NO_RECIPIENT);
    String problem =
        "recipient centre: certificate centre.pem refused: file not found in the certificate"
            + " directory";
    assertThat(bench.problems()).contains(problem);
    bench.seal(sample("pump-1", "power", 2.5));
    assertThat(bench.policy().status().facts()).containsEntry("withheldReadings", 2L);
    assertThat(CapturedLog.lines()).contains("ERROR recipient_refused " + problem);
  }

  @Test
  void aCertificateThatComesLaterHealsWithoutARestart() throws Exception {
    bench.start();
    assertThat(bench.open(sample("pump-1", "power", 2.5))).containsExactly(NO_RECIPIENT);

    bench.certificate("centre.pem", centre);
    bench.pass(Duration.ofSeconds(6));

    assertThat(Centre.open(bench.seal(sample("pump-1", "power", 2.5)), centre)).isPresent();
    assertThat(bench.problems()).noneMatch(text -> text.contains("recipient centre"));
  }

  @Test
  void theOthersAreSealedForWhenOneCertificateIsRefused() throws Exception {
    bench.certificate("centre.pem", centre);
    bench.certificate(
        "vendor.pem", Identity.ec("vendor", Identity.FROM, PolicyBench.NOW.minusSeconds(1)));
    bench.start();

    Sealing sealing = bench.seal(sample("pump-1", "vib", 2.5));

    assertThat(Centre.open(sealing, centre)).isPresent();
    assertThat(bench.problems())
        .contains(
            "recipient vendor: certificate vendor.pem refused: expired at 2026-06-01T11:59:59Z");
  }

  @Test
  void aCertificateThatExpiresEndsItsEpochAtOnce() throws Exception {
    bench
        .certificate(
            "centre.pem", Identity.ec("centre", Identity.FROM, PolicyBench.NOW.plusSeconds(10)))
        .start();
    assertThat(bench.seal(sample("pump-1", "power", 2.5)).block().sealed()).isPresent();

    bench.pass(Duration.ofSeconds(11));

    assertThat(bench.open(sample("pump-1", "power", 2.5))).containsExactly(NO_RECIPIENT);
  }

  @Test
  void aClockBeforeTheCertificatesWithholds() throws Exception {
    bench.certificate("centre.pem", centre);
    bench.moveTo(Instant.EPOCH);
    bench.start();

    assertThat(bench.open(sample("pump-1", "flow", 1, "power", 2.5)))
        .element(1)
        .isEqualTo(NO_RECIPIENT);
    assertThat(bench.open(sample("pump-1", "flow", 1)))
        .isEqualTo(sample("pump-1", "flow", 1).readings());
    assertThat(bench.problems())
        .anyMatch(text -> text.contains("not valid before 2026-01-01T00:00:00Z; check the clock"));

    bench.moveTo(PolicyBench.NOW);
    bench.pass(Duration.ofSeconds(6));
    assertThat(bench.seal(sample("pump-1", "power", 2.5)).block().sealed()).isPresent();
  }

  @Test
  void aClockThatFallsBackWithholds() throws Exception {
    bench.certificate("centre.pem", centre).start();
    assertThat(bench.seal(sample("pump-1", "power", 2.5)).block().sealed()).isPresent();

    bench.moveTo(Instant.EPOCH);

    assertThat(bench.open(sample("pump-1", "power", 2.5))).containsExactly(NO_RECIPIENT);
  }

  @Test
  void aCertificateOnARevocationListIsRefusedWithinAMinute() throws Exception {
    bench.certificate("centre.pem", centre).certificate("vendor.pem", vendor).start();
    assertThat(Centre.open(bench.seal(sample("pump-1", "vib", 2.5)), vendor)).isPresent();

    Files.write(bench.folder().resolve("certificates/vendor.crl"), vendor.revoke(vendor));
    bench.pass(Duration.ofSeconds(61));

    Sealing sealing = bench.seal(sample("pump-1", "vib", 2.5));
    assertThat(Centre.open(sealing, vendor)).isEmpty();
    assertThat(Centre.open(sealing, centre)).isPresent();
    assertThat(bench.problems())
        .contains("recipient vendor: certificate vendor.pem refused: revoked");
  }

  @Test
  void aCertificateTheDocumentRevokesIsRefusedFromTheNextBlockOn() throws Exception {
    bench.certificate("centre.pem", centre).certificate("vendor.pem", vendor).start();
    assertThat(Centre.open(bench.seal(sample("pump-1", "vib", 2.5)), vendor)).isPresent();

    bench.document(
        DOCUMENT.replace(
            "\"version\": 1", "\"version\": 2, \"revoked\": [\"" + vendor.fingerprint() + "\"]"));
    bench.apply();

    assertThat(Centre.open(bench.seal(sample("pump-1", "vib", 2.5)), vendor)).isEmpty();
  }

  @Test
  void keysThatAreTooWeakOrOfTheWrongKindAreRefused() throws Exception {
    bench
        .certificate("centre.pem", Identity.rsa("weak", 1024))
        .certificate("vendor.pem", Identity.ec("v", "secp384r1", KeyUsage.keyAgreement));
    bench.start();
    bench.seal(sample("pump-1", "vib", 2.5));

    assertThat(bench.problems())
        .contains(
            "recipient centre: certificate centre.pem refused: RSA key has 1024 bits, 2048 to 8192"
                + " are allowed",
            "recipient vendor: certificate vendor.pem refused: elliptic curve is not P-256");
  }

  @Test
  void aCertificateThatMayNotAgreeOnKeysIsRefused() throws Exception {
    bench
        .certificate("centre.pem", Identity.ec("c", "secp256r1", KeyUsage.digitalSignature))
        .start();
    bench.seal(sample("pump-1", "power", 2.5));

    assertThat(bench.problems())
        .anyMatch(text -> text.endsWith("key usage does not allow keyAgreement"));
  }

  @Test
  void aNameThatLeadsOutOfTheFolderIsRefused() {
    bench.document(DOCUMENT.replace("centre.pem", "../anchors/centre.pem")).start();
    bench.seal(sample("pump-1", "power", 2.5));

    assertThat(bench.problems())
        .anyMatch(text -> text.endsWith("the name leads out of the certificate directory"));
  }

  private static final String WITH_PSEUDONYM =
      DOCUMENT.replace(
          "\"rules\": [",
          "\"rules\": [{\"channel\": \"batch\", \"action\": \"pseudonymise\", \"recipient\":"
              + " \"centre\"},");

  @Test
  void withoutAPlaceForItsKeyPseudonymsAreWithheld() throws Exception {
    Files.createDirectories(bench.folder().resolve("data/pseudonym.p12"));
    bench.document(WITH_PSEUDONYM).start();

    assertThat(bench.open(sample("pump-1", "batch", "B-1")))
        .first()
        .extracting(r -> r.reason())
        .isEqualTo(Pseudonyms.NO_KEY);
    assertThat(bench.problems()).anyMatch(text -> text.startsWith("the key for pseudonyms"));
  }

  @Test
  void aBrokenKeystoreWithholdsWhatNeedsItAndTheRestGoesOn() throws Exception {
    bench.document(WITH_PSEUDONYM).certificate("centre.pem", centre).start();
    Reading former = bench.open(sample("pump-1", "batch", "B-1")).get(0);
    Path keystore = bench.folder().resolve("data/pseudonym.p12");
    byte[] good = Files.readAllBytes(keystore);
    byte[] damaged = good.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(keystore, damaged);
    bench.restart();

    Sealing sealing = bench.seal(sample("pump-1", "batch", "B-1", "flow", 1.5, "power", 2.5));

    assertThat(sealing.block().open().get(0).readings())
        .containsExactly(
            new Failed("batch", Pseudonyms.NO_KEY, PolicyBench.NOW.toEpochMilli()),
            sample("pump-1", "flow", 1.5).readings().get(0));
    assertThat(Centre.open(sealing, centre)).isPresent();
    assertThat(bench.problems())
        .anyMatch(text -> text.contains("bring pseudonym.p12 and device.secret back"));
    assertThat(Files.readAllBytes(keystore)).as("nothing is made anew").isEqualTo(damaged);

    Files.write(keystore, good);
    bench.restart();
    assertThat(bench.open(sample("pump-1", "batch", "B-1"))).containsExactly(former);
  }

  @Test
  void aDeviceSecretThatIsNoneIsRefused() throws Exception {
    Files.createDirectories(bench.folder().resolve("data"));
    Files.writeString(bench.folder().resolve("data/device.secret"), "changeit");
    bench.document(WITH_PSEUDONYM).start();

    assertThat(bench.open(sample("pump-1", "batch", "B-1")))
        .containsExactly(new Failed("batch", Pseudonyms.NO_KEY, PolicyBench.NOW.toEpochMilli()));
    assertThat(bench.policy().sign(InputStream.nullInputStream())).isEmpty();
    assertThat(bench.folder().resolve("data/pseudonym.p12")).doesNotExist();
  }
}
