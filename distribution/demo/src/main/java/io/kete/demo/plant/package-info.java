// SPDX-License-Identifier: EPL-2.0
/** The simulated pump, its Modbus TCP server, and the file of everything it ever served. */
@NullMarked
package io.kete.demo.plant;

import org.jspecify.annotations.NullMarked;
