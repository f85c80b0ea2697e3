// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether somebody the gateway trusts signed a package. */
public final class Trust {

  private static final Logger logger = LoggerFactory.getLogger(Trust.class);

  private final Supplier<Optional<Verifier>> verifier;

  /** With whoever verifies at the moment. */
  public Trust(Supplier<Optional<Verifier>> verifier) {
    this.verifier = verifier;
  }

  /** Throws unless the package may be used; says so when nobody signed it. */
  void check(PackageInfo info) throws RefusedException {
    Verdict verdict = verdict(info);
    if (verdict instanceof Verdict.Refused refused) {
      throw new RefusedException("its signature is not accepted: " + refused.reason());
    }
    if (verdict instanceof Verdict.Unsigned) {
      logger.warn(
          "package_unsigned package={} version={}: taken because {}=true",
          info.name(),
          info.version(),
          Verifier.ALLOW_UNSIGNED);
    } else {
      logger.info(
          "package_trusted package={} version={} verdict={}", info.name(), info.version(), verdict);
    }
  }

  private Verdict verdict(PackageInfo info) throws RefusedException {
    Verifier present =
        verifier
            .get()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "nothing on this gateway verifies signatures; see why io.kete.policy.cms"
                            + " does not run"));
    byte[] inventory = info.inventory().getBytes(StandardCharsets.UTF_8);
    try (ByteArrayInputStream content = new ByteArrayInputStream(inventory)) {
      return present.verify(Verifier.Purpose.PACKAGE, content, info.signature());
    } catch (IOException e) {
      throw new RefusedException("its signature cannot be checked: " + e.getMessage(), e);
    }
  }
}
