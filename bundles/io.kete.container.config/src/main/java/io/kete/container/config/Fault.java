// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

/**
 * What is wrong with one property.
 *
 * @param line where, 0 when it came from no document
 * @param reason says what is expected, never the value found
 * @param fatal whether the component must not be configured with it; otherwise the property is left
 *     out
 */
record Fault(String key, int line, String reason, boolean fatal) {}
