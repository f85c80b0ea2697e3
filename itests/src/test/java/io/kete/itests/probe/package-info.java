// SPDX-License-Identifier: EPL-2.0
/** A bundle that scenarios put into a gateway to look at it from within. */
@NullMarked
package io.kete.itests.probe;

import org.jspecify.annotations.NullMarked;
