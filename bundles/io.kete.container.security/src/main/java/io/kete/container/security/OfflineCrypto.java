// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.kura.crypto.CryptoService;

/** What a gateway with some secret protects and opens, for tools beside it. */
public final class OfflineCrypto {

  private OfflineCrypto() {}

  /**
   * Reads the secret; nothing is made.
   *
   * @return empty when there is no such file
   * @throws IllegalStateException if it is no secret; the message says what to do
   */
  public static Optional<CryptoService> of(Path secret) throws IOException {
    return Files.exists(secret)
        ? Optional.of(new DeviceCrypto(DeviceSecret.of(secret)))
        : Optional.empty();
  }
}
