// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Checks detached CMS signatures (RFC 5652) of what is brought to the gateway, against the trust
 * anchors installed on it. May be called from any thread.
 */
@ProviderType
public interface Verifier {

  /**
   * Framework or system property for developers: {@code true} lets unsigned content pass as {@link
   * Verdict.Unsigned}. A wrong signature is refused all the same.
   */
  String ALLOW_UNSIGNED = "kete.developer.unsigned";

  /** What is signed; a trust anchor may be limited to one of these. */
  enum Purpose {
    /** A policy document. */
    POLICY,
    /** A model. */
    MODEL,
    /** A deployment package. */
    PACKAGE
  }

  /**
   * Whether the content may be used.
   *
   * @param content read to its end; closed by the caller
   * @param signature DER or PEM of a CMS SignedData without content; empty when the content is not
   *     signed
   * @throws IOException if the content cannot be read
   */
  Verdict verify(Purpose purpose, InputStream content, Optional<ByteBuffer> signature)
      throws IOException;
}
