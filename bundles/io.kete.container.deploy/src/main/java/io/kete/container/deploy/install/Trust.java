// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether somebody the gateway trusts signed a package. */
public final class Trust {

  private static final Logger logger = LoggerFactory.getLogger(Trust.class);

  private final Supplier<Optional<Verifier>> verifier;
  private final boolean unsigned;

  /** With whoever verifies at the moment, and whether what nobody signed passes. */
  public Trust(Supplier<Optional<Verifier>> verifier, boolean unsigned) {
    this.verifier = verifier;
    this.unsigned = unsigned;
  }

  /** Throws unless the package may be used; says so when nobody signed it. */
  void check(PackageInfo info) throws RefusedException {
    check(info.toString(), info.inventory().getBytes(StandardCharsets.UTF_8), info.signature());
  }

  /** Throws unless somebody who may sign packages signed these bytes. */
  public void check(String what, byte[] signed, Optional<ByteBuffer> signature)
      throws RefusedException {
    Verdict verdict = verdict(signed, signature);
    if (verdict instanceof Verdict.Refused refused) {
      throw new RefusedException("its signature is not accepted: " + refused.reason());
    }
    if (verdict instanceof Verdict.Unsigned) {
      logger.warn(
          "package_unsigned package=\"{}\": taken because {}=true", what, Verifier.ALLOW_UNSIGNED);
    } else {
      logger.info("package_trusted package=\"{}\" verdict={}", what, verdict);
    }
  }

  /** Whether what nobody signed passes, see {@link Verifier#ALLOW_UNSIGNED}. */
  public boolean allowsUnsigned() {
    return unsigned;
  }

  private Verdict verdict(byte[] signed, Optional<ByteBuffer> signature) throws RefusedException {
    Verifier present =
        verifier
            .get()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "nothing on this gateway verifies signatures; see why io.kete.policy.cms"
                            + " does not run"));
    try (ByteArrayInputStream content = new ByteArrayInputStream(signed)) {
      return present.verify(Verifier.Purpose.PACKAGE, content, signature);
    } catch (IOException e) {
      throw new RefusedException("its signature cannot be checked: " + e.getMessage(), e);
    }
  }
}
