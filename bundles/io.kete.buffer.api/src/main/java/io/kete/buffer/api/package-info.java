// SPDX-License-Identifier: EPL-2.0
/**
 * Store-and-forward. Accepted means: on the medium.
 *
 * <pre>
 *   route ── append ──► Stream ── group commit: reserve seq, DataPolicy.seal, write, sync ──► accepted(seq)
 *                         │
 *                         └── Outlet ── poll LIVE ─────► uplink ── acknowledge ──► space returns
 *                                    └─ poll BACKLOG ──►
 * </pre>
 */
@Export
@NullMarked
@Version("1.0.0")
package io.kete.buffer.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
