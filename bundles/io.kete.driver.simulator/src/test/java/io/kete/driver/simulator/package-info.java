// SPDX-License-Identifier: EPL-2.0
/** Tests of the simulated pump. */
@NullMarked
package io.kete.driver.simulator;

import org.jspecify.annotations.NullMarked;
