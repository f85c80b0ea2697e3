// SPDX-License-Identifier: EPL-2.0
/** The built bundle in the two frameworks that Kete runs in. */
@NullMarked
package io.kete.camel;

import org.jspecify.annotations.NullMarked;
