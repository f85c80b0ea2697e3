// SPDX-License-Identifier: EPL-2.0
/** The {@code asset:} end point: reads a Kura asset on a schedule of its own. */
@NullMarked
package io.kete.route.camel.asset;

import org.jspecify.annotations.NullMarked;
