// SPDX-License-Identifier: EPL-2.0
/** The deployment packages on the platforms that Kura brings, without anything of our container. */
@NullMarked
package io.kete.itests.kura;

import org.jspecify.annotations.NullMarked;
