// SPDX-License-Identifier: EPL-2.0
/**
 * Modbus TCP as a Kura driver.
 *
 * <pre>
 * ModbusDriver -> ReadPlan -> Block ... -> ModbusLink -> device     one request per block
 *                    |          |             |
 *              ModbusChannel  Registers    Backoff, DeadlineSocket
 * </pre>
 */
@NullMarked
package io.kete.driver.modbus;

import org.jspecify.annotations.NullMarked;
