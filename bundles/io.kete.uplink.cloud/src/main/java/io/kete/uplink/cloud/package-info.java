// SPDX-License-Identifier: EPL-2.0
/**
 * Drains one stream into one CloudPublisher.
 *
 * <pre>
 *   Outlet ── poll ──► RecordMessages ──► Drain ── publish ──► CloudPublisher
 *      ▲                                    │                       │
 *      └───── acknowledge ◄── Delivery ◄── InFlight ◄── confirmed ──┘
 * </pre>
 */
@NullMarked
package io.kete.uplink.cloud;

import org.jspecify.annotations.NullMarked;
