// SPDX-License-Identifier: EPL-2.0
/** Options of an end point, checked as they are read. */
@NullMarked
package io.kete.route.camel.option;

import org.jspecify.annotations.NullMarked;
