// SPDX-License-Identifier: EPL-2.0
/**
 * Kura's cloud connection for a gateway without Kura, under Kura's own PIDs and property keys.
 *
 * <pre>
 *   TopicPublisher ─► KapuaCloudService ─► MqttDataService ─► MqttDataTransport ─► Paho ─► broker
 *   (encodes)         (BIRTH, requests)    (connect loop)     (one MQTT session)
 * </pre>
 *
 * Nothing is stored on the way: what cannot be sent at once is refused, since a durable buffer
 * stands in front.
 */
@NullMarked
package io.kete.container.cloud;

import org.jspecify.annotations.NullMarked;
