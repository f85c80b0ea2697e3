// SPDX-License-Identifier: EPL-2.0
/**
 * What flows through Kete.
 *
 * <pre>
 *   Driver ─► Asset ─► Sample(asset, time, readings, lineage) ─► ... ─► Block(id, open samples, sealed part) ─► records on the wire
 * </pre>
 *
 * A {@link io.kete.data.api.Sample} is what one poll of one asset gave. A {@link
 * io.kete.data.api.Block} is one to sixty-four consecutive samples of one stream after the data
 * policy has decided about them: the unit that is sealed, stored and acknowledged. The byte form of
 * a block and the messages made from it are described in {@code docs/record.md}.
 *
 * <p>All types are immutable and safe to share between threads, except {@link
 * io.kete.data.api.BlockWriter}.
 */
@Export
@NullMarked
@Version("1.0.0")
package io.kete.data.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
