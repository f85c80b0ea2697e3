// SPDX-License-Identifier: EPL-2.0
/**
 * Keys and envelopes.
 *
 * <pre>
 *   certificates of the recipients ──► key envelope (once for each epoch, made by Bouncy Castle) ──► key that wraps
 *                                                                                                       │
 *   content key of the epoch ◄── wrapped once, as text of the template ◄────────────────────────────────┘
 *        └──► block envelopes: template + counter nonce + one AES-256-GCM call each
 * </pre>
 */
@NullMarked
package io.kete.policy.cms.envelope;

import org.jspecify.annotations.NullMarked;
