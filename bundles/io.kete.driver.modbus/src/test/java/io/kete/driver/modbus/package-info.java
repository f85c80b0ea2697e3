// SPDX-License-Identifier: EPL-2.0
/** Tests of the Modbus driver, against two servers of other make and a scripted peer. */
@NullMarked
package io.kete.driver.modbus;

import org.jspecify.annotations.NullMarked;
