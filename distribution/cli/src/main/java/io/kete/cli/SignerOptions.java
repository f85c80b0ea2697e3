// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who signs: a private key and the certificate that belongs to it. */
final class SignerOptions {

  @Mixin private PrivateKeyOptions keyOptions;

  @Option(
      names = "--cert",
      required = true,
      paramLabel = "CERTIFICATE",
      description = "Certificate of the signer, PEM or DER; it goes into the signature.")
  private Path certificate;

  /** A detached CMS signature of what the stream gives. */
  byte[] sign(InputStream content)
      throws PrivateKeyOptions.NoKeyException, IOException, GeneralSecurityException {
    return Signing.of(keyOptions.read(), certificate).sign(content);
  }
}
