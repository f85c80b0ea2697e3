// SPDX-License-Identifier: EPL-2.0
/**
 * A gateway, a bad link and a broker. The store, the uplink and the MQTT connection are the bundles
 * of the product; the samples are made here, and counted again behind the broker.
 *
 * <pre>
 *   Gateway (framework) ── MQTT ──► BadLink ──► Mosquitto ──► Witness
 * </pre>
 */
@NullMarked
package io.kete.benchmarks.link;

import org.jspecify.annotations.NullMarked;
