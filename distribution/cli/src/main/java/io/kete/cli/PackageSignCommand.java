// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import io.kete.features.PackageSignature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sign",
    description = {
      "Signs a deployment package: adds META-INF/package.p7s as its last file, a CMS signature"
          + " over",
      "the digests of all others. A signature that is there already is replaced."
    },
    mixinStandardHelpOptions = true)
final class PackageSignCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The package.")
  private Path file;

  @Mixin private SignerOptions signer;

  @Mixin private Answer answer;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the signed package goes; default: it takes the place of the other.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Path target = out == null ? file : out;
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    try {
      try (InputStream in = Files.newInputStream(file);
          OutputStream to = Files.newOutputStream(unfinished)) {
        PackageSignature.sign(in, to, this::signature);
      }
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      answer.give(
          new JsonObject().add("state", "signed").add("package", target.toString()),
          "signed " + target);
      return ExitCode.OK;
    } catch (IOException | GeneralSecurityException e) {
      return failed(unfinished, "not signed: " + e.getMessage());
    }
  }

  private byte[] signature(byte[] inventory) throws IOException, GeneralSecurityException {
    try {
      return signer.sign(new ByteArrayInputStream(inventory));
    } catch (PrivateKeyOptions.NoKeyException e) {
      throw new IOException(String.valueOf(e.getMessage()).replaceFirst("^kete: ", ""), e);
    }
  }

  private int failed(Path unfinished, String message) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      message = message + "; " + unfinished + " is left over";
    }
    return answer.failed(ExitCode.FAILED, message);
  }
}
