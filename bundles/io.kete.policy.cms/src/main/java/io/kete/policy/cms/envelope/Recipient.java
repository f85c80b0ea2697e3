// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import java.security.cert.X509Certificate;

/**
 * A certificate that keys may be enveloped for at present.
 *
 * @param name recipient in the policy document
 * @param source file the certificate came from
 * @param certificate checked for kind of key, validity and revocation
 * @param fingerprint SHA-256 of the certificate in hexadecimal
 */
public record Recipient(
    String name, String source, X509Certificate certificate, String fingerprint) {}
