// SPDX-License-Identifier: EPL-2.0
/** Plain stand-ins for the services of Kura that scenarios use on Kura's platform; a bundle. */
@org.jspecify.annotations.NullMarked
package io.kete.itests.standin;
