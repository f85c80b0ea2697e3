// SPDX-License-Identifier: EPL-2.0
/** Kura's asset component and the services that find assets and drivers. */
@NullMarked
package io.kete.container.asset;

import org.jspecify.annotations.NullMarked;
