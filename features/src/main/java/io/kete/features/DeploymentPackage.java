// SPDX-License-Identifier: EPL-2.0
package io.kete.features;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A deployment package: a zip whose manifest comes first and names its bundles in the order of the
 * files after it. The same bundles give the same bytes.
 */
public final class DeploymentPackage {

  // Zip files hold local times; a fixed one gives the same bytes on every machine.
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final String name;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  private static final class Part {
    private final String symbolicName;
    private final String version;
    private final byte[] content;

    Part(String symbolicName, String version, byte[] content) {
      this.symbolicName = symbolicName;
      this.version = version;
      this.content = content;
    }
  }

  /** An empty one of that symbolic name. */
  public DeploymentPackage(String name) {
    this.name = name;
  }

  /**
   * Adds a bundle; the first one gives the version of the package.
   *
   * @param label what the file is called up to its version
   * @param content the bundle; not copied
   * @throws IllegalArgumentException when it is no bundle or is there already
   */
  public DeploymentPackage add(String label, byte[] content) throws IOException {
    Attributes main = manifest(content).getMainAttributes();
    String header = main.getValue("Bundle-SymbolicName");
    String version = main.getValue("Bundle-Version");
    if (header == null || version == null) {
      throw new IllegalArgumentException(name + ": " + label + " is not a bundle");
    }
    String symbolicName = header.split(";", 2)[0].strip();
    for (Part part : parts.values()) {
      if (part.symbolicName.equals(symbolicName)) {
        throw new IllegalArgumentException(name + " has " + symbolicName + " twice");
      }
    }
    String file = label + '-' + version.strip() + ".jar";
    parts.put(file, new Part(symbolicName, version.strip(), content));
    return this;
  }

  /** The version: that of the first bundle. */
  public String version() {
    return parts.values().iterator().next().version;
  }

  /** The name under which Kura keeps it. */
  public String fileName() {
    return name + '_' + version() + ".dp";
  }

  /** The symbolic names of its bundles, in the order of their start. */
  public List<String> symbolicNames() {
    return parts.values().stream().map(part -> part.symbolicName).toList();
  }

  /** Writes it; the stream stays open. */
  public void write(OutputStream stream) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(stream);
    // bundles are compressed already
    zip.setMethod(ZipOutputStream.STORED);
    put(zip, JarFile.MANIFEST_NAME, manifestBytes());
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      put(zip, part.getKey(), part.getValue().content);
    }
    zip.finish();
  }

  private byte[] manifestBytes() {
    List<String> lines = new ArrayList<>();
    lines.add("Manifest-Version: 1.0");
    lines.add("DeploymentPackage-ManifestVersion: 1");
    lines.add("DeploymentPackage-SymbolicName: " + name);
    lines.add("DeploymentPackage-Version: " + version());
    lines.add("");
    parts.forEach(
        (file, part) -> {
          lines.add("Name: " + file);
          lines.add("Bundle-SymbolicName: " + part.symbolicName);
          lines.add("Bundle-Version: " + part.version);
          lines.add("");
        });
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(folded(line)).append("\r\n"));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A line of a manifest has at most 72 bytes; what is longer goes on after a blank. */
  private static String folded(String line) {
    StringBuilder text = new StringBuilder(line);
    for (int at = 70; at < text.length(); at += 72) {
      text.insert(at, "\r\n ");
      at++;
    }
    return text.toString();
  }

  private static void put(ZipOutputStream zip, String file, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(file);
    entry.setTimeLocal(TIME);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** The manifest of a jar, wherever in it it stands; an empty one without. */
  static Manifest manifest(byte[] jar) throws IOException {
    try (JarInputStream stream = new JarInputStream(new ByteArrayInputStream(jar))) {
      Manifest first = stream.getManifest();
      if (first != null) {
        return first;
      }
      for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
        if (JarFile.MANIFEST_NAME.equals(entry.getName())) {
          return new Manifest(stream);
        }
      }
    }
    return new Manifest();
  }
}
