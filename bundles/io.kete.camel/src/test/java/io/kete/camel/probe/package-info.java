// SPDX-License-Identifier: EPL-2.0
/**
 * A bundle that uses Camel as io.kete.route.camel does; packed by the test, run inside the
 * framework.
 */
@NullMarked
package io.kete.camel.probe;

import org.jspecify.annotations.NullMarked;
