// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.util.Map;

/**
 * One sample as the centre has it.
 *
 * @param seq number in its stream
 * @param timeMillis capture time in milliseconds since 1970 UTC
 * @param values Long, Double, Boolean or String by channel, open and unsealed
 * @param qualities by channel, where not GOOD
 */
public record Received(
    long seq, long timeMillis, Map<String, Object> values, Map<String, String> qualities) {}
