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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes from outside end in a value or in the one exception that is declared; everything else fails
 * the test by itself.
 */
class FuzzTest {

  private final Random random = new Random(20_261_122);

  private byte[] mutated(byte[] original) {
    int length = random.nextInt(8) == 0 ? random.nextInt(original.length + 20) : original.length;
    byte[] bytes = Arrays.copyOf(original, length);
    for (int i = random.nextInt(5); i >= 0 && length > 0; i--) {
      int at = random.nextInt(length);
      bytes[at] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : original[random.nextInt(original.length)];
    }
    return bytes;
  }

  @Test
  void policyDocuments() {
    byte[] original = SealingTest.DOCUMENT.getBytes(StandardCharsets.UTF_8);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 62_000; i++) {
      try {
        PolicyDocument.parse(new String(mutated(original), StandardCharsets.ISO_8859_1));
        read++;
      } catch (PolicyException e) {
        refused++;
        assertThat(e.getMessage()).hasSizeLessThan(400);
      }
    }
    assertThat(read).isGreaterThan(100);
    assertThat(refused).isGreaterThan(10_000);
  }

  @Test
  void certificates() {
    byte[][] originals = {
      Identity.ec("centre").encoded(),
      Identity.rsa("vendor", 2048).encoded(),
      Identity.ec("x").pem().getBytes(StandardCharsets.US_ASCII)
    };
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 25_000; i++) {
      try {
        CertificateFolder.parse(mutated(originals[i % originals.length]));
        read++;
      } catch (RefusedCertificateException e) {
        refused++;
      }
    }
    assertThat(read).isGreaterThan(100);
    assertThat(refused).isGreaterThan(5_000);
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
      byte[] changed = mutated(original);
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
      byte[] other = mutated(content);
      Verdict verdict =
          verifier.verify(
              Purpose.POLICY,
              new ByteArrayInputStream(other),
              Optional.of(ByteBuffer.wrap(original)));
      assertThat(verdict.accepted()).isEqualTo(Arrays.equals(other, content));
    }
  }
}
