// SPDX-License-Identifier: EPL-2.0
/**
 * Life cycle of models.
 *
 * <pre>
 *   bundles ──► ModelExtender ─┐
 *   drop folder ─► gate ─► install ─► Catalogue ──► slot ──► gate ──► memory ──► Serving
 *   DISCOVERED ─► VERIFIED ─► LOADED ─► PROVED ─► ACTIVE ─► RETIRED          any failure: REJECTED(reason)
 * </pre>
 */
@NullMarked
package io.kete.model.runtime;

import org.jspecify.annotations.NullMarked;
