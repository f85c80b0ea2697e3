// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

/**
 * A certificate no key may be enveloped for. The message is the reason, without the name of the
 * file.
 */
public final class RefusedCertificateException extends Exception {

  private static final long serialVersionUID = 1L;

  RefusedCertificateException(String reason) {
    super(reason);
  }
}
