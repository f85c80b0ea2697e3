// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.policy.api.PolicyIdentity;
import io.kete.policy.cms.document.Decisions;
import io.kete.policy.cms.envelope.Lanes;

/**
 * What one block is decided by; replaced as a whole.
 *
 * @param identity version and digest
 * @param decisions what happens to a channel
 * @param lanes keys to seal under
 */
record InForce(PolicyIdentity identity, Decisions decisions, Lanes lanes) {}
