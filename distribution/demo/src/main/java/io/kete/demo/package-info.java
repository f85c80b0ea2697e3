// SPDX-License-Identifier: EPL-2.0
/**
 * A gateway with a plant before it and a centre behind it, each in a process of its own.
 *
 * <pre>
 *   Plant ──Modbus TCP──► gateway ──MQTT──► Cut ──► Broker ──► Subscriber
 *     └──── truth file ────────────────── compared ─────────────┘
 * </pre>
 *
 * Nothing here uses code of the gateway: the verdict must not rest on what it is to judge.
 */
@NullMarked
package io.kete.demo;

import org.jspecify.annotations.NullMarked;
