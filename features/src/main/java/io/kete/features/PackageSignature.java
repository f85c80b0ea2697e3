// SPDX-License-Identifier: EPL-2.0
package io.kete.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Puts a signature into a deployment package: its last file is a detached signature of the {@code
 * sha256sum} lines of all others. A signature that is there already is replaced; the same package
 * gives the same bytes, but for the signature.
 */
public final class PackageSignature {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String SIGNATURE = "META-INF/package.p7s";
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** Makes a detached signature, DER of a CMS SignedData. */
  @FunctionalInterface
  public interface Signing {
    /** Of these bytes. */
    byte[] sign(byte[] content) throws IOException, GeneralSecurityException;
  }

  private PackageSignature() {}

  /**
   * Copies a package and signs the copy; both streams stay open.
   *
   * @throws IOException also when what comes in is no deployment package
   */
  public static void sign(InputStream in, OutputStream out, Signing signing)
      throws IOException, GeneralSecurityException {
    ZipInputStream from = new ZipInputStream(in, StandardCharsets.UTF_8);
    ZipOutputStream to = new ZipOutputStream(out);
    StringBuilder inventory = new StringBuilder();
    for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
      byte[] content = from.readAllBytes();
      if (inventory.isEmpty() && !isPackage(entry, content)) {
        throw new IOException("this is no deployment package");
      }
      if (!entry.getName().equals(SIGNATURE)) {
        put(to, entry.getName(), content);
        inventory.append(sha256(content)).append("  ").append(entry.getName()).append('\n');
      }
    }
    if (inventory.isEmpty()) {
      throw new IOException("this is no deployment package");
    }
    put(to, SIGNATURE, signing.sign(inventory.toString().getBytes(StandardCharsets.UTF_8)));
    to.finish();
  }

  private static boolean isPackage(ZipEntry first, byte[] content) {
    return first.getName().equals(MANIFEST)
        && new String(content, StandardCharsets.UTF_8).contains("DeploymentPackage-SymbolicName:");
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void put(ZipOutputStream to, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    to.putNextEntry(entry);
    to.write(content);
    to.closeEntry();
  }
}
