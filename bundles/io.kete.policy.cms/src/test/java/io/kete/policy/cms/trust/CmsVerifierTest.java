// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier.Purpose;
import io.kete.policy.cms.Centre;
import io.kete.policy.cms.Identity;
import io.kete.policy.cms.PolicyBench;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CmsVerifierTest {

  @TempDir Path folder;

  private final Identity authority = Identity.ec("authority");

  private Verdict verify(Purpose purpose, String content, byte[] signature, Instant now)
      throws IOException {
    CmsVerifier verifier = new CmsVerifier(folder, false, Clock.fixed(now, ZoneOffset.UTC));
    InputStream in = new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    return verifier.verify(purpose, in, Optional.of(ByteBuffer.wrap(signature)));
  }

  private Verdict verify(String content, byte[] signature) throws IOException {
    return verify(Purpose.MODEL, content, signature, PolicyBench.NOW);
  }

  @Test
  void trustsAnAnchorThatSignedItself() throws Exception {
    authority.store(folder.resolve("authority.pem"));

    assertThat(verify("model", authority.sign("model")))
        .isEqualTo(new Verdict.Trusted("CN=authority"));
  }

  @Test
  void trustsASignerTheAnchorIssued() throws Exception {
    authority.store(folder.resolve("authority.pem"));

    assertThat(verify("model", authority.issue("trainer").sign("model")))
        .isEqualTo(new Verdict.Trusted("CN=trainer"));
  }

  @Test
  void readsSignaturesInPem() throws Exception {
    authority.store(folder.resolve("authority.pem"));
    String pem =
        "-----BEGIN CMS-----\n"
            + Base64.getMimeEncoder().encodeToString(authority.sign("model"))
            + "\n-----END CMS-----\n";

    assertThat(verify("model", pem.getBytes(StandardCharsets.US_ASCII)).accepted()).isTrue();
  }

  @Test
  void anAnchorOfOnePurposeIsNoneOfAnother() throws Exception {
    authority.store(folder.resolve("model/authority.pem"));

    assertThat(verify(Purpose.MODEL, "x", authority.sign("x"), PolicyBench.NOW).accepted())
        .isTrue();
    assertThat(verify(Purpose.POLICY, "x", authority.sign("x"), PolicyBench.NOW))
        .isEqualTo(new Verdict.Refused("no trust anchor is installed"));
  }

  @Test
  void refusesOtherContent() throws Exception {
    authority.store(folder.resolve("authority.pem"));

    assertThat(verify("other", authority.sign("model")))
        .isEqualTo(new Verdict.Refused("signature does not fit the content"));
  }

  @Test
  void refusesAStranger() throws Exception {
    authority.store(folder.resolve("authority.pem"));

    assertThat(verify("x", Identity.ec("authority").sign("x")))
        .isEqualTo(
            new Verdict.Refused("certificate of the signer does not lead to a trust anchor"));
  }

  @Test
  void refusesASignerThatIsNoAuthorityOfItsOwn() throws Exception {
    authority.store(folder.resolve("authority.pem"));
    Identity trainer = authority.issue("trainer");

    assertThat(verify("x", trainer.issue("forger").sign("x")).accepted()).isFalse();
  }

  @Test
  void refusesARevokedSigner() throws Exception {
    authority.store(folder.resolve("authority.pem"));
    Identity trainer = authority.issue("trainer");
    Files.write(folder.resolve("authority.crl"), authority.revoke(trainer));

    assertThat(verify("x", trainer.sign("x")))
        .isEqualTo(new Verdict.Refused("certificate of the signer is revoked"));
    assertThat(verify("x", authority.issue("other").sign("x")).accepted()).isTrue();
  }

  @Test
  void refusesASignerOutOfItsTime() throws Exception {
    authority.store(folder.resolve("authority.pem"));

    assertThat(verify(Purpose.MODEL, "x", authority.sign("x"), Identity.UNTIL.plusSeconds(1)))
        .isEqualTo(new Verdict.Refused("certificate of the signer is not valid now"));
  }

  @Test
  void refusesAKeyThatMayNotSign() throws Exception {
    Identity other = Identity.ec("other", "secp256r1", KeyUsage.keyAgreement);
    other.store(folder.resolve("other.pem"));

    assertThat(verify("x", other.sign("x")))
        .isEqualTo(
            new Verdict.Refused(
                "key usage of the signer's certificate does not allow digitalSignature"));
  }

  @Test
  void aFailureToReadTheContentIsNotAVerdict() throws Exception {
    authority.store(folder.resolve("authority.pem"));
    CmsVerifier verifier =
        new CmsVerifier(folder, false, Clock.fixed(PolicyBench.NOW, ZoneOffset.UTC));
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("disk");
          }
        };

    assertThatThrownBy(
            () ->
                verifier.verify(
                    Purpose.MODEL, broken, Optional.of(ByteBuffer.wrap(authority.sign("x")))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatAGatewaySignsItsCertificateProves(@TempDir Path gateway) throws Exception {
    PolicyBench bench = new PolicyBench(gateway, true).start();
    byte[] content = "report".getBytes(StandardCharsets.UTF_8);
    ByteBuffer first = bench.policy().sign(new ByteArrayInputStream(content)).orElseThrow();
    Files.copy(gateway.resolve("data/device.pem"), folder.resolve("gateway.pem"));
    bench.restart();
    ByteBuffer second = bench.policy().sign(new ByteArrayInputStream(content)).orElseThrow();
    bench.close();

    assertThat(verify("report", Centre.bytes(first)).accepted()).isTrue();
    assertThat(verify("report", Centre.bytes(second)).accepted()).isTrue();
    assertThat(verify("another", Centre.bytes(second)).accepted()).isFalse();
    assertThat(Files.getPosixFilePermissions(gateway.resolve("data/device.secret")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
