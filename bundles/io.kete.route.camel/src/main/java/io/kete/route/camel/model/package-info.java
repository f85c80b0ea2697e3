// SPDX-License-Identifier: EPL-2.0
/** The end point {@code model:}, which scores samples with what serves in a slot. */
@NullMarked
package io.kete.route.camel.model;

import org.jspecify.annotations.NullMarked;
