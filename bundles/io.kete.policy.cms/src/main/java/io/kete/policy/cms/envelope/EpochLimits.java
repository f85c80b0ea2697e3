// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import java.time.Duration;

/**
 * When a key epoch ends.
 *
 * @param age longest life
 * @param uses most blocks, far below what AES-GCM allows for one key
 */
public record EpochLimits(Duration age, long uses) {

  /** Most uses that may be configured: 2^32. */
  public static final long MAX_USES = 1L << 32;

  public EpochLimits {
    if (age.isNegative() || age.isZero() || uses < 1 || uses > MAX_USES) {
      throw new IllegalArgumentException("key epoch limits out of range");
    }
  }
}
