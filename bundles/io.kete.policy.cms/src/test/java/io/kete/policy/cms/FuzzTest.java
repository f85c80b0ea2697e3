// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier.Purpose;
import io.kete.policy.cms.document.PolicyDocument;
import io.kete.policy.cms.document.PolicyException;
import io.kete.policy.cms.envelope.CertificateFolder;
import io.kete.policy.cms.envelope.RefusedCertificateException;
import io.kete.policy.cms.trust.CmsVerifier;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes from outside end in a value or in the one exception that is declared; everything else fails
 * the test by itself.
 */
class FuzzTest {

  private final Fuzz fuzz = new Fuzz();

  @Test
  void policyDocuments() {
    fuzz.feed(20_000, FuzzTest::isPolicy, SealingTest.DOCUMENT.getBytes(StandardCharsets.UTF_8));
    assertThat(fuzz.read()).isGreaterThan(30);
    assertThat(fuzz.refused()).isGreaterThan(3_000);
  }

  private static boolean isPolicy(byte[] bytes) {
    try {
      PolicyDocument.parse(new String(bytes, StandardCharsets.ISO_8859_1));
      return true;
    } catch (PolicyException e) {
      assertThat(e.getMessage()).hasSizeLessThan(400);
      return false;
    }
  }

  @Test
  void certificates() {
    fuzz.feed(
        10_000,
        FuzzTest::isCertificate,
        Identity.ec("centre").encoded(),
        Identity.rsa("vendor", 2048).encoded(),
        Identity.ec("x").pem().getBytes(StandardCharsets.US_ASCII));
    assertThat(fuzz.read()).isGreaterThan(30);
    assertThat(fuzz.refused()).isGreaterThan(2_000);
  }

  private static boolean isCertificate(byte[] bytes) {
    try {
      CertificateFolder.parse(bytes);
      return true;
    } catch (RefusedCertificateException e) {
      return false;
    }
  }

  @Test
  void signatures(@TempDir Path folder) throws Exception {
    Identity authority = Identity.ec("authority");
    authority.store(folder.resolve("authority.pem"));
    CmsVerifier verifier =
        new CmsVerifier(folder, false, Clock.fixed(PolicyBench.NOW, ZoneOffset.UTC));
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    byte[] original = authority.sign("content");
    int trusted = 0;
    for (int i = 0; i < 1_000; i++) {
      byte[] changed = fuzz.mutated(original);
      Verdict verdict =
          verifier.verify(
              Purpose.POLICY,
              new ByteArrayInputStream(content),
              Optional.of(ByteBuffer.wrap(changed)));
      trusted += verdict.accepted() ? 1 : 0;
    }
    // a change of what is not signed, such as the certificate that is brought along, may pass; it
    // must not be the rule
    assertThat(trusted).isLessThan(500);
    for (int i = 0; i < 1_000; i++) {
      byte[] other = fuzz.mutated(content);
      Verdict verdict =
          verifier.verify(
              Purpose.POLICY,
              new ByteArrayInputStream(other),
              Optional.of(ByteBuffer.wrap(original)));
      assertThat(verdict.accepted()).isEqualTo(Arrays.equals(other, content));
    }
  }
}
