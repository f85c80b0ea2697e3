// SPDX-License-Identifier: EPL-2.0
/**
 * What the centre needs to read sealed data.
 *
 * <pre>
 *   RecipientKey (PEM or PKCS#12) ──► KeyRing ◄── key records
 *                                       │
 *   sealed records ──► BlockOpener ─────┴──► Block with every reading this recipient may see
 * </pre>
 *
 * All bytes come from outside: they are bounded, and only the exact encoding the gateway writes is
 * accepted.
 */
@NullMarked
package io.kete.receiver;

import org.jspecify.annotations.NullMarked;
