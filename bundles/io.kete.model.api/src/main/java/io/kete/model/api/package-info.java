// SPDX-License-Identifier: EPL-2.0
/**
 * Models, engines and slots.
 *
 * <pre>
 *   model bundle (data only) ─► runtime: VERIFIED ─► engine.load ─► LOADED ─► golden vectors ─► PROVED ─► ACTIVE in a slot
 *   route: model: ─► ModelSlot.open(binding) ─► Scorer.score(sample) ─► sample with scores and lineage
 * </pre>
 *
 * A model declares named roles; the route binds them to channels, so one model serves every gateway
 * unchanged. Windows of past values belong to the scorer, that is to (slot, binding), and outlive a
 * version of the model.
 */
@Export
@NullMarked
@Version("1.2.0")
package io.kete.model.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
