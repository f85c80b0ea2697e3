// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier.Purpose;
import io.kete.policy.cms.document.PolicyDocument;
import io.kete.policy.cms.document.PolicyException;
import io.kete.policy.cms.trust.CmsVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Whether the policy in its file is right, in force and signed by somebody who may. */
record PolicyCheck(Site site, Configured configured, Clock clock) implements Check {

  private static final long MAX_BYTES = 4L << 20;
  private static final String ADVICE =
      "put a right and signed policy there; until then nothing" + " sensitive leaves";

  @Override
  public String name() {
    return "policy";
  }

  @Override
  public List<Finding> look() throws IOException {
    Optional<Path> file = configured.path(Configured.POLICY, "policy.file");
    if (file.isEmpty()) {
      return List.of(Finding.ok(name(), "none in a file"));
    }
    if (!Files.isRegularFile(file.get()) || Files.size(file.get()) > MAX_BYTES) {
      return List.of(Finding.fail(name(), file.get() + " is missing or too large", ADVICE));
    }
    byte[] content = Files.readAllBytes(file.get());
    try {
      PolicyDocument document = PolicyDocument.parse(new String(content, StandardCharsets.UTF_8));
      if (document.expired(clock.instant())) {
        return List.of(Finding.fail(name(), file.get() + " has expired", ADVICE));
      }
      Verdict verdict = verdict(file.get(), content);
      return List.of(
          verdict instanceof Verdict.Refused refused
              ? Finding.fail(name(), file.get() + ": " + refused.reason(), ADVICE)
              : Finding.ok(name(), "version " + document.version() + ", signed"));
    } catch (PolicyException e) {
      return List.of(Finding.fail(name(), file.get() + ": " + e.getMessage(), ADVICE));
    }
  }

  private Verdict verdict(Path file, byte[] content) throws IOException {
    Path signature = file.resolveSibling(file.getFileName() + ".p7s");
    if (configured.path(Configured.POLICY, "anchors.directory").isEmpty()
        || !Files.isRegularFile(signature)) {
      return new Verdict.Refused("not signed, or no folder of anchors is configured");
    }
    return new CmsVerifier(
            configured.path(Configured.POLICY, "anchors.directory").get(), false, clock)
        .verify(
            Purpose.POLICY,
            new ByteArrayInputStream(content),
            Optional.of(ByteBuffer.wrap(Files.readAllBytes(signature))));
  }
}
