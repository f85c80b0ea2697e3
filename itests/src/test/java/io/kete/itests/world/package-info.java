// SPDX-License-Identifier: EPL-2.0
/**
 * What is around a gateway, in a process of its own: a Modbus device, a broker, lines that can be
 * cut, and a centre that receives. Driven over HTTP, because tests run inside a framework.
 */
@NullMarked
package io.kete.itests.world;

import org.jspecify.annotations.NullMarked;
