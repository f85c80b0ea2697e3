// SPDX-License-Identifier: EPL-2.0
/**
 * Durable streams on H2's MVStore.
 *
 * <pre>
 *   append ─► queue ─► GroupCommit (one thread) ─► seal ─► frames ─► active Segment ─► commit, sync ─► accepted
 *                                                                        │
 *        chain of Segments, each one file ◄── dropped as a whole ────────┤
 *                                                                        └─► recent blocks ─► StreamOutlet ─► uplink
 * </pre>
 *
 * A segment is a log of {@link io.kete.buffer.h2.Frame}s that can be found again without the tree
 * around them. What was acknowledged or dropped stands in the {@link io.kete.buffer.h2.Head}, which
 * travels with each commit and has a file of its own.
 */
@NullMarked
package io.kete.buffer.h2;

import org.jspecify.annotations.NullMarked;
