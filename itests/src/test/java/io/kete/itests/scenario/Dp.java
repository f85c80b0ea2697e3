// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Makes deployment packages, and bundles to put into them. */
final class Dp {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final String name;
  private final String version;
  private final Map<String, byte[]> bundles = new LinkedHashMap<>();
  private final StringBuilder sections = new StringBuilder();

  Dp(String name, String version) {
    this.name = name;
    this.version = version;
  }

  /** Adds a bundle under the name and version the package gives it. */
  Dp add(String symbolicName, String bundleVersion, byte[] content) {
    String file = symbolicName + "-" + bundleVersion + ".jar";
    bundles.put(file, content);
    sections
        .append("Name: ")
        .append(file)
        .append("\nBundle-SymbolicName: ")
        .append(symbolicName)
        .append("\nBundle-Version: ")
        .append(bundleVersion)
        .append("\n\n");
    return this;
  }

  /** A bundle without code. */
  Dp plain(String symbolicName, String bundleVersion, String... headers) {
    return add(symbolicName, bundleVersion, bundle(symbolicName, bundleVersion, headers));
  }

  /** The package; signed unless the signer is absent. */
  byte[] bytes(Peer... signer) {
    String manifest =
        "Manifest-Version: 1.0\n"
            + "DeploymentPackage-ManifestVersion: 1\n"
            + "DeploymentPackage-SymbolicName: "
            + name
            + "\nDeploymentPackage-Version: "
            + version
            + "\n\n"
            + sections;
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
    files.putAll(bundles);
    if (signer.length > 0) {
      StringBuilder inventory = new StringBuilder();
      files.forEach(
          (file, content) ->
              inventory.append(sha256(content)).append("  ").append(file).append('\n'));
      files.put("META-INF/package.p7s", signer[0].sign(inventory.toString()));
    }
    return zip(files);
  }

  static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(TIME); // the same content gives the same bytes
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  /** The same package with other bytes for one file; its signature stays. */
  static byte[] swapped(byte[] zip, String file, byte[] content) throws IOException {
    Map<String, byte[]> files = unzip(zip);
    files.put(file, content);
    return zip(files);
  }

  private static Map<String, byte[]> unzip(byte[] zip) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  /** A jar with this manifest and nothing else. */
  static byte[] bundle(String symbolicName, String version, String... headers) {
    StringBuilder manifest =
        new StringBuilder("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\n");
    manifest.append("Bundle-SymbolicName: ").append(symbolicName).append('\n');
    manifest.append("Bundle-Version: ").append(version).append('\n');
    for (String header : headers) {
      manifest.append(header).append('\n');
    }
    return zip(Map.of(MANIFEST, manifest.append('\n').toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** The same bundle under another version. */
  static byte[] reversioned(byte[] bundle, String version) throws IOException {
    Map<String, byte[]> files = unzip(bundle);
    Manifest manifest = new Manifest(new ByteArrayInputStream(files.get(MANIFEST)));
    manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    manifest.write(text);
    Map<String, byte[]> ordered = new LinkedHashMap<>();
    ordered.put(MANIFEST, text.toByteArray());
    files.remove(MANIFEST);
    ordered.putAll(files);
    return zip(ordered);
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
