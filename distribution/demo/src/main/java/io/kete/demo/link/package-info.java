// SPDX-License-Identifier: EPL-2.0
/** What lies between gateway and centre: a broker, and a line that can be cut. */
@NullMarked
package io.kete.demo.link;

import org.jspecify.annotations.NullMarked;
