// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.share;

import io.kete.buffer.api.Lane;

/**
 * Room on a link that a message takes until it is confirmed.
 *
 * @param ahead bytes in flight when it was taken, with its own
 */
public record Ticket(Lane lane, int bytes, long ahead, long sentNanos) {}
