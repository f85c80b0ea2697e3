// SPDX-License-Identifier: EPL-2.0
/**
 * The data policy as a service.
 *
 * <pre>
 *   configuration ──► PolicyLoader ──► InForce(decisions, lanes) ──► one volatile reference ──► BlockSealer, once for each block
 *                       │ signature, version, validity
 *                       └── AcceptedPolicy: the last good document, on disk
 * </pre>
 */
@NullMarked
package io.kete.policy.cms;

import org.jspecify.annotations.NullMarked;
