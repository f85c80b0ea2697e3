// SPDX-License-Identifier: EPL-2.0
/**
 * Where messages leave the gateway: Kura's {@code CloudPublisher}, or its {@code
 * DataTransportService} on the same connection.
 */
@NullMarked
package io.kete.uplink.cloud.exit;

import org.jspecify.annotations.NullMarked;
