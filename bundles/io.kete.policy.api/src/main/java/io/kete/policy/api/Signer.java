// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Signs with the key of this gateway, which never leaves it. May be called from any thread. */
@ProviderType
public interface Signer {

  /**
   * A detached signature: DER of a CMS SignedData with the certificate of the gateway; empty when
   * the gateway has no signing key.
   *
   * @param content read to its end; closed by the caller
   * @throws IOException if the content cannot be read
   */
  Optional<ByteBuffer> sign(InputStream content) throws IOException;
}
