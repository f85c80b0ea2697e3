// SPDX-License-Identifier: EPL-2.0
/**
 * The one gate through which every model goes, wherever it comes from.
 *
 * <pre>
 *   DISCOVERED ─► signature ─► VERIFIED ─► [another process] ─► engine ─► LOADED ─► golden vectors, latency ─► PROVED
 *        any failure: Refused(reason)        no verifier or engine yet: Waits
 * </pre>
 */
@NullMarked
package io.kete.model.runtime.gate;

import org.jspecify.annotations.NullMarked;
