// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.receiver.ReceiverException;
import io.kete.receiver.RecipientKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a private key comes from. A password never stands on the command line. */
final class PrivateKeyOptions {

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Private key: PEM, or PKCS#12 when the name ends with .p12 or .pfx.")
  private Path file;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password of the key.")
  private @Nullable Path passwordFile;

  /** Why there is no key; the message is for the operator. */
  static final class NoKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    NoKeyException(Path file, @Nullable String why) {
      super("kete: " + file + ": " + why);
    }
  }

  RecipientKey read() throws NoKeyException {
    return read(file, passwordFile);
  }

  /**
   * The key in a file: PEM, or PKCS#12 when the name ends with .p12 or .pfx.
   *
   * @param passwordFile file whose first line is the password, null without one
   */
  static RecipientKey read(Path file, @Nullable Path passwordFile) throws NoKeyException {
    char[] password = password(passwordFile);
    String name = file.toString().toLowerCase(Locale.ROOT);
    try (InputStream in = Files.newInputStream(file)) {
      return name.endsWith(".p12") || name.endsWith(".pfx")
          ? RecipientKey.fromPkcs12(in, password)
          : RecipientKey.fromPem(in, password);
    } catch (ReceiverException e) {
      throw new NoKeyException(file, e.getMessage());
    } catch (IOException e) {
      throw new NoKeyException(file, "cannot be read");
    }
  }

  private static char[] password(@Nullable Path passwordFile) throws NoKeyException {
    if (passwordFile == null) {
      return new char[0];
    }
    try {
      return Files.readString(passwordFile).lines().findFirst().orElse("").toCharArray();
    } catch (IOException e) {
      throw new NoKeyException(passwordFile, "cannot be read");
    }
  }
}
