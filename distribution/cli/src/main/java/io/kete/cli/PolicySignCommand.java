// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "sign",
    description = {
      "Signs a policy document: writes a detached CMS signature beside it, as FILE.p7s.",
      "A document that a gateway would refuse is not signed."
    },
    mixinStandardHelpOptions = true)
final class PolicySignCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The document.")
  private Path file;

  @Mixin private SignerOptions signer;

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
      policy.document().warnings().forEach(warning -> println("  ! " + warning));
      println("signed version " + policy.document().version() + ", signature in " + target);
      return ExitCode.OK;
    } catch (BadFileException | PrivateKeyOptions.NoKeyException e) {
      return failed(e.getMessage());
    } catch (IOException | GeneralSecurityException e) {
      return failed("kete: not signed: " + e.getMessage());
    }
  }

  private void println(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private int failed(@Nullable String message) {
    spec.commandLine().getErr().println(message);
    return ExitCode.FAILED;
  }
}
