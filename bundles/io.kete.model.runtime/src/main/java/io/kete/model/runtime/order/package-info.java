// SPDX-License-Identifier: EPL-2.0
/**
 * Pin, promote and roll back, wherever the order comes from.
 *
 * <pre>
 *   MODEL-V1, drop folder ─► Order ─► Orders: checked ─► configuration of the slot ─► slot
 *   CONF-V1, console, snapshot ────────────────────────────────┘
 * </pre>
 */
@NullMarked
package io.kete.model.runtime.order;

import org.jspecify.annotations.NullMarked;
