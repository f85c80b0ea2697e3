// SPDX-License-Identifier: EPL-2.0
/** A simulated pump as a Kura driver, for trying out a gateway without a device. */
@NullMarked
package io.kete.driver.simulator;

import org.jspecify.annotations.NullMarked;
