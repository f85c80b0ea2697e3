// SPDX-License-Identifier: EPL-2.0
/** Kura's CryptoService for a gateway without Kura. Exports nothing. */
@NullMarked
package io.kete.container.security;

import org.jspecify.annotations.NullMarked;
