// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.api;

/** What a {@link Verifier} found. */
public sealed interface Verdict {

  /** Whether the content may be used. */
  boolean accepted();

  /**
   * The signature is right and its signer is trusted for the purpose.
   *
   * @param signer subject of the signer's certificate
   */
  record Trusted(String signer) implements Verdict {
    @Override
    public boolean accepted() {
      return true;
    }
  }

  /**
   * There is no signature and {@link Verifier#ALLOW_UNSIGNED} is set; the user of the content has
   * to say so in its log.
   */
  record Unsigned() implements Verdict {
    @Override
    public boolean accepted() {
      return true;
    }
  }

  /**
   * The content must not be used.
   *
   * @param reason for the operator: what is wrong
   */
  record Refused(String reason) implements Verdict {
    @Override
    public boolean accepted() {
      return false;
    }
  }
}
