// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import io.kete.features.PackageSignature;
import io.kete.model.runtime.content.ModelFiles;
import io.kete.policy.api.Verifier;
import io.kete.policy.cms.trust.CmsVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "package",
    description = {
      "Makes a signed model bundle, and a signed deployment package of it, from a model and a CSV"
          + " file of examples.",
      "The model goes through the gate of the gateway first: what a gateway would refuse is not"
          + " packaged. No gateway is needed."
    })
final class ModelPackageCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The model: .onnx, or .json of the engine trees.")
  private Path file;

  @Mixin private ModelOptions options;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Trust trust = new Trust();

  @Option(names = "--out", paramLabel = "DIR", description = "Where the files go; default: here.")
  private Path out = Path.of("");

  @Option(names = "--json", description = "Print the outcome as JSON.")
  private boolean json;

  // the usual options are not mixed in: --version is that of the model here
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  /** Signed, or not. */
  static final class Trust {
    @ArgGroup(exclusive = false)
    private @Nullable Signed signed;

    @Option(
        names = "--unsigned",
        required = true,
        description = "Do not sign; only a gateway of a developer takes it.")
    private boolean unsigned;
  }

  /** Who signs. */
  static final class Signed {
    @Option(
        names = "--sign",
        required = true,
        paramLabel = "KEY",
        description = "Private key of the signer: PEM, or PKCS#12 (.p12, .pfx).")
    private Path key;

    @Option(
        names = "--cert",
        paramLabel = "CERTIFICATE",
        description = "Certificate of the signer; default: it stands in the file of the key (PEM).")
    private @Nullable Path certificate;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "File whose first line is the password of the key.")
    private @Nullable Path passwordFile;

    Signing read() throws PrivateKeyOptions.NoKeyException, IOException, GeneralSecurityException {
      Path of = certificate == null ? key : certificate;
      return Signing.of(PrivateKeyOptions.read(key, passwordFile), of);
    }
  }

  @Override
  public Integer call() {
    try {
      Optional<Signing> signing =
          trust.unsigned || trust.signed == null
              ? Optional.empty()
              : Optional.of(trust.signed.read());
      try (WorkFolder work = WorkFolder.in(out)) {
        return make(work.path(), signing);
      }
    } catch (PrivateKeyOptions.NoKeyException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (IOException | GeneralSecurityException e) {
      return failed("kete: not packaged: " + e.getMessage());
    }
  }

  private int make(Path work, Optional<Signing> signing)
      throws IOException, GeneralSecurityException {
    byte[] model = model();
    ModelOptions.Draft draft = options.draft(file, model.length);
    ModelFile made = draft.file();
    String name = "model" + options.ending(file);
    Optional<byte[]> signature =
        signing.isEmpty()
            ? Optional.empty()
            : Optional.of(
                signing.get().sign(new ByteArrayInputStream(inventory(draft, name, model))));
    Path jar = work.resolve(made.bundleName());
    try (OutputStream to = Files.newOutputStream(jar)) {
      made.writeBundle(to, draft.bytes(), name, model, signature);
    }
    ModelTrial.Outcome outcome = ModelTrial.judge(jar, verifier(work, signing));
    if (outcome instanceof ModelTrial.Refused refused) {
      return failed("kete: not packaged, a gateway would refuse it: " + refused.reason());
    }
    Path dp = work.resolve(made.packageName());
    Files.write(dp, deploymentPackage(made, Files.readAllBytes(jar), signing));
    Path bundle = move(jar);
    tell((ModelTrial.Admitted) outcome, draft, bundle, move(dp));
    return ExitCode.OK;
  }

  private byte[] model() throws IOException {
    if (Files.size(file) > ModelFiles.MAX_MODEL) {
      throw new IOException(file + " is longer than " + ModelFiles.MAX_MODEL + " bytes");
    }
    return Files.readAllBytes(file);
  }

  private static byte[] inventory(ModelOptions.Draft draft, String name, byte[] model) {
    return new ModelFiles(
            ByteBuffer.wrap(draft.bytes()), name, ByteBuffer.wrap(model), Optional.empty())
        .inventory()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Trusts the signer himself: whether a gateway does is the gateway's business. */
  private static Verifier verifier(Path work, Optional<Signing> signing)
      throws IOException, GeneralSecurityException {
    Path anchors = Files.createDirectories(work.resolve("anchors"));
    if (signing.isPresent()) {
      Files.write(anchors.resolve("signer.der"), signing.get().certificate().getEncoded());
    }
    return new CmsVerifier(anchors, signing.isEmpty(), Clock.systemUTC());
  }

  private static byte[] deploymentPackage(ModelFile made, byte[] jar, Optional<Signing> signing)
      throws IOException, GeneralSecurityException {
    byte[] plain = made.deploymentPackage(jar);
    if (signing.isEmpty()) {
      return plain;
    }
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    PackageSignature.sign(
        new ByteArrayInputStream(plain),
        signed,
        content -> signing.get().sign(new ByteArrayInputStream(content)));
    return signed.toByteArray();
  }

  private Path move(Path from) throws IOException {
    return Files.move(from, out.resolve(from.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  private void tell(ModelTrial.Admitted admitted, ModelOptions.Draft draft, Path bundle, Path dp) {
    if (json) {
      JsonObject told =
          ModelVerifyCommand.json(admitted)
              .add("examples", draft.examples())
              .add("bundle", bundle.toString())
              .add("package", dp.toString());
      print(told.toString());
      return;
    }
    print("packaged " + admitted.model().name() + " " + admitted.model().version());
    ModelVerifyCommand.lines(admitted).forEach(this::print);
    print(
        "  golden   "
            + admitted.model().golden().size()
            + " of "
            + draft.examples()
            + " examples, all reproduced within "
            + admitted.model().golden().get(0).tolerance());
    print("  bundle   " + bundle);
    print("  package  " + dp);
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private int failed(String message) {
    if (json) {
      print(ModelVerifyCommand.refusal(message.replaceFirst("^kete: ", "")).toString());
    }
    spec.commandLine().getErr().println(message);
    return ExitCode.FAILED;
  }
}
