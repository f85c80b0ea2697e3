// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import java.util.List;

/** Why a gateway cannot be provisioned: sentences for the operator, without any value. */
public final class ProvisionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> reasons;

  ProvisionException(String reason) {
    this(List.of(reason));
  }

  ProvisionException(List<String> reasons) {
    super(String.join("; ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** One sentence each, at least one. */
  public List<String> reasons() {
    return reasons;
  }
}
