// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.api;

/**
 * Which policy document is in force.
 *
 * @param version version stated in the document, {@code none} when there is no valid document and
 *     everything is sensitive
 * @param digest SHA-256 of the document in hexadecimal, empty when there is none
 */
public record PolicyIdentity(String version, String digest) {}
