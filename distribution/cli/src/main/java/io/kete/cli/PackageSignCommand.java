// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
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
      "Signs a deployment package: adds META-INF/package.p7s as its last file, a CMS signature"
          + " over",
      "the digests of all others. A signature that is there already is replaced."
    },
    mixinStandardHelpOptions = true)
final class PackageSignCommand implements Callable<Integer> {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String SIGNATURE = "META-INF/package.p7s";
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The package.")
  private Path file;

  @Mixin private SignerOptions signer;

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
        sign(new ZipInputStream(in, StandardCharsets.UTF_8), new ZipOutputStream(to));
      }
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      spec.commandLine().getOut().println("signed " + target);
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (PrivateKeyOptions.NoKeyException e) {
      return failed(unfinished, String.valueOf(e.getMessage()));
    } catch (IOException | GeneralSecurityException e) {
      return failed(unfinished, "kete: not signed: " + e.getMessage());
    }
  }

  private void sign(ZipInputStream from, ZipOutputStream to)
      throws IOException, GeneralSecurityException, PrivateKeyOptions.NoKeyException {
    StringBuilder inventory = new StringBuilder();
    for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
      byte[] content = from.readAllBytes();
      if (inventory.isEmpty() && !isPackage(entry, content)) {
        throw new IOException(file + " is no deployment package");
      }
      if (!entry.getName().equals(SIGNATURE)) {
        put(to, entry.getName(), content);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        inventory
            .append(HexFormat.of().formatHex(digest))
            .append("  ")
            .append(entry.getName())
            .append('\n');
      }
    }
    if (inventory.isEmpty()) {
      throw new IOException(file + " is no deployment package");
    }
    byte[] lines = inventory.toString().getBytes(StandardCharsets.UTF_8);
    put(to, SIGNATURE, signer.sign(new ByteArrayInputStream(lines)));
    to.finish();
  }

  private static boolean isPackage(ZipEntry first, byte[] content) {
    return first.getName().equals(MANIFEST)
        && new String(content, StandardCharsets.UTF_8).contains("DeploymentPackage-SymbolicName:");
  }

  private static void put(ZipOutputStream to, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME); // the same package gives the same bytes, but for the signature
    to.putNextEntry(entry);
    to.write(content);
    to.closeEntry();
  }

  private int failed(Path unfinished, String message) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      message = message + "; " + unfinished + " is left over";
    }
    spec.commandLine().getErr().println(message);
    return ExitCode.FAILED;
  }
}
