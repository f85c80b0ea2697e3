// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import io.kete.cli.PolicyFile.BadFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
      "Signs a policy document: writes a detached CMS signature beside it, as FILE.p7s.",
      "A document that a gateway would refuse is not signed."
    },
    mixinStandardHelpOptions = true)
final class PolicySignCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The document.")
  private Path file;

  @Mixin private SignerOptions signer;

  @Mixin private Answer answer;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the signature goes; default: the document's name with .p7s added.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    try {
      PolicyFile policy = PolicyFile.read(file);
      Path target = out == null ? file.resolveSibling(file.getFileName() + ".p7s") : out;
      try (InputStream in = Files.newInputStream(file)) {
        Files.write(target, signer.sign(in));
      }
      policy.document().warnings().forEach(warning -> answer.progress("  ! " + warning));
      answer.give(
          new JsonObject()
              .add("version", policy.document().version())
              .add("signature", target.toString()),
          "signed version " + policy.document().version() + ", signature in " + target);
      return ExitCode.OK;
    } catch (BadFileException | PrivateKeyOptions.NoKeyException e) {
      return answer.failed(
          ExitCode.FAILED, String.valueOf(e.getMessage()).replaceFirst("^kete: ", ""));
    } catch (IOException | GeneralSecurityException e) {
      return answer.failed(ExitCode.FAILED, "not signed: " + e.getMessage());
    }
  }
}
