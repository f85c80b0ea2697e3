// SPDX-License-Identifier: EPL-2.0
/** The {@code buffer:} end point: hands samples to a durable stream and waits for the medium. */
@NullMarked
package io.kete.route.camel.buffer;

import org.jspecify.annotations.NullMarked;
