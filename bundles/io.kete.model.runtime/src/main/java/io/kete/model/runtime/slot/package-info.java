// SPDX-License-Identifier: EPL-2.0
/**
 * Slots: which version serves, and how samples get through it.
 *
 * <pre>
 *   catalogue, configuration, engines ──► SlotCore (own thread) ──► gate ──► memory ──► one atomic reference: Serving
 *   route ──► SlotScorer ── lease ──────────────────────────────────────────────────────────►  │ counts its leases,
 *              └ Plan (binding and version)   Window (binding only, outlives versions)          └ closed after the last
 * </pre>
 */
@NullMarked
package io.kete.model.runtime.slot;

import org.jspecify.annotations.NullMarked;
