// SPDX-License-Identifier: EPL-2.0
/** The {@code signal:} end points: filters over the readings of a sample. */
@NullMarked
package io.kete.route.camel.signal;

import org.jspecify.annotations.NullMarked;
