// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import io.kete.container.deploy.install.Trust;
import io.kete.container.deploy.pack.PackageFile;
import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.model.api.ModelDescriptor;
import io.kete.policy.api.Verifier;
import io.kete.policy.cms.trust.CmsVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "verify",
    description = {
      "Tells whether a gateway would let a model serve, by the gateway's own checks: signature,"
          + " form, operators, golden vectors, time.",
      "Of a package its own signature is checked first, as the gateway does before it installs it."
          + " No gateway is needed."
    },
    mixinStandardHelpOptions = true)
final class ModelVerifyCommand implements Callable<Integer> {

  private static final int MAX_BUNDLES = 64;

  /** As much as a gateway takes when nothing else is configured. */
  private static final long MAX_PACKAGE = 256L << 20;

  private static final long MAX_BYTES = 64L << 20;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "A model bundle, a package with models, or a folder with model.json.")
  private Path file;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Trusted trust = new Trusted();

  @Option(names = "--json", description = "Print the outcome as JSON, one line for each model.")
  private boolean json;

  /** Whom the gateway trusts. */
  static final class Trusted {
    @Option(
        names = "--trust",
        paramLabel = "DIR",
        required = true,
        description = "Folder with the trust anchors of the gateway (anchors.directory).")
    private @Nullable Path anchors;

    @Option(
        names = "--allow-unsigned",
        required = true,
        description = "As a gateway of a developer does; a signature is refused then.")
    private boolean unsigned;
  }

  @Override
  public Integer call() {
    try (WorkFolder work = WorkFolder.temporary()) {
      checkPackage(verifier(work.path()));
      List<Path> bundles = bundles(work.path());
      if (bundles.isEmpty()) {
        return failed("kete: there is no model in " + file);
      }
      int code = ExitCode.OK;
      for (Path bundle : bundles) {
        code = Math.max(code, tell(ModelTrial.judge(bundle, verifier(work.path()))));
      }
      return code;
    } catch (RefusedException e) {
      return tell(new ModelTrial.Refused("the package: " + e.reason()));
    } catch (IOException e) {
      return failed("kete: " + file + " cannot be verified: " + e.getMessage());
    }
  }

  /** By the code that lets packages into a gateway: what is in it, and who signed it. */
  private void checkPackage(Verifier verifier) throws RefusedException, IOException {
    if (isPackage()) {
      if (!Files.isRegularFile(file)) {
        throw new IOException("there is no such file");
      }
      PackageInfo info = PackageFile.read(file, MAX_PACKAGE);
      new Trust(() -> Optional.of(verifier), trust.unsigned)
          .check(
              info.toString(), info.inventory().getBytes(StandardCharsets.UTF_8), info.signature());
    }
  }

  private boolean isPackage() {
    return file.toString().endsWith(".dp");
  }

  private Verifier verifier(Path work) throws IOException {
    Path none = Files.createDirectories(work.resolve("none"));
    Path anchors = trust.anchors == null ? none : trust.anchors;
    if (!Files.isDirectory(anchors)) {
      throw new IOException("--trust " + anchors + " is no folder");
    }
    return new CmsVerifier(anchors, trust.unsigned, Clock.systemUTC());
  }

  /** The file itself, or the model bundles in it when it is a package. */
  private List<Path> bundles(Path work) throws IOException {
    if (!isPackage()) {
      return List.of(file);
    }
    List<Path> found = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().limit(MAX_BUNDLES).toList()) {
        if (entry.getName().endsWith(".jar")) {
          Path jar = work.resolve(found.size() + ".jar");
          try (InputStream in = zip.getInputStream(entry)) {
            if (entry.getSize() > MAX_BYTES) {
              throw new IOException(entry.getName() + " is longer than " + MAX_BYTES + " bytes");
            }
            Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
          }
          if (isModel(jar)) {
            found.add(jar);
          }
        }
      }
    }
    return found;
  }

  private static boolean isModel(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getEntry("model/model.json") != null;
    }
  }

  private int tell(ModelTrial.Outcome outcome) {
    if (outcome instanceof ModelTrial.Refused refused) {
      if (json) {
        print(refusal(refused.reason()).toString());
        return ExitCode.FAILED;
      }
      return failed("refused: " + refused.reason());
    }
    ModelTrial.Admitted admitted = (ModelTrial.Admitted) outcome;
    if (json) {
      print(json(admitted).toString());
    } else {
      print("admitted: " + admitted.model().name() + " " + admitted.model().version());
      lines(admitted).forEach(this::print);
      print("  golden   " + admitted.model().golden().size() + " vectors, all reproduced");
    }
    return ExitCode.OK;
  }

  /** What programs hear of what is not admitted. */
  static JsonObject refusal(String reason) {
    return new JsonObject().add("admitted", false).add("reason", reason);
  }

  static JsonObject json(ModelTrial.Admitted admitted) {
    ModelDescriptor model = admitted.model();
    return new JsonObject()
        .add("admitted", true)
        .add("model", model.name())
        .add("version", model.version())
        .add("digest", admitted.digest())
        .add("signer", admitted.signer())
        .add("engine", model.engine())
        .add("bytes", admitted.bytes())
        .add("golden", model.golden().size());
  }

  static List<String> lines(ModelTrial.Admitted admitted) {
    ModelDescriptor model = admitted.model();
    String window = model.steps() == 1 ? "" : ", window of " + model.steps() + " samples";
    return List.of(
        "  digest   " + admitted.digest(),
        "  signer   " + admitted.signer(),
        "  engine   " + model.engine() + ", " + admitted.bytes() + " bytes",
        "  roles    "
            + ModelTrial.names(model.roles().stream().map(r -> new String[] {r.name(), r.unit()}))
            + window,
        "  outputs  "
            + ModelTrial.names(
                model.outputs().stream().map(o -> new String[] {o.name(), o.unit()})));
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private int failed(String message) {
    if (json) {
      print(refusal(message.replaceFirst("^kete: ", "")).toString());
    }
    spec.commandLine().getErr().println(message);
    return ExitCode.FAILED;
  }
}
