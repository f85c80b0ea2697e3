// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.cli.PolicyFile.BadFileException;
import io.kete.policy.cms.trust.CmsSigner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
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

  private static final byte[] PROBE = {1, 2, 3};

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The document.")
  private Path file;

  @Mixin private PrivateKeyOptions keyOptions;

  @Option(
      names = "--cert",
      required = true,
      paramLabel = "CERTIFICATE",
      description = "Certificate of the authority, PEM or DER; it goes into the signature.")
  private Path certificate;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the signature goes; default: the document's name with .p7s added.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    try {
      PolicyFile policy = PolicyFile.read(file);
      PrivateKey key = keyOptions.read().key();
      X509Certificate signer = certificate();
      if (!belong(key, signer)) {
        return failed("kete: " + certificate + " is not the certificate of this key");
      }
      Path target = out == null ? file.resolveSibling(file.getFileName() + ".p7s") : out;
      Files.write(target, signature(key, signer));
      policy.document().warnings().forEach(warning -> println("  ! " + warning));
      println("signed version " + policy.document().version() + ", signature in " + target);
      return ExitCode.OK;
    } catch (BadFileException | PrivateKeyOptions.NoKeyException e) {
      return failed(e.getMessage());
    } catch (IOException | GeneralSecurityException e) {
      return failed("kete: not signed: " + e.getMessage());
    }
  }

  private byte[] signature(PrivateKey key, X509Certificate signer) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      ByteBuffer der = new CmsSigner(key, signer).sign(in);
      byte[] bytes = new byte[der.remaining()];
      der.get(bytes);
      return bytes;
    }
  }

  private X509Certificate certificate() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static boolean belong(PrivateKey key, X509Certificate signer)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(signer.getPublicKey().getAlgorithm())) {
      return false;
    }
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(PROBE);
    byte[] made = signature.sign();
    signature.initVerify(signer.getPublicKey());
    signature.update(PROBE);
    return signature.verify(made);
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
