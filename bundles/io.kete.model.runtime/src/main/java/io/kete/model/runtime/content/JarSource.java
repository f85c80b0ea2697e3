// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A model bundle that lies in a folder and is not installed.
 *
 * @param jar the file
 */
public record JarSource(Path jar) implements ModelSource {

  private static final int MAX_MANIFEST = 1 << 16;

  private static final int MAX_NAME = 200;
  private static final int MAX_ENTRIES = 1000;

  private static final Set<String> CODE_HEADERS =
      Set.of(
          "bundle-activator",
          "extensionbundle-activator",
          "bundle-classpath",
          "bundle-nativecode",
          "fragment-host",
          "service-component",
          "import-package",
          "dynamicimport-package",
          "export-package",
          "require-bundle");

  @Override
  public Optional<InputStream> open(String name) throws IOException {
    return entry("model/" + name);
  }

  private Optional<InputStream> entry(String name) throws IOException {
    ZipFile zip = new ZipFile(jar.toFile());
    InputStream in = null;
    try {
      ZipEntry entry = zip.getEntry(name);
      in = entry == null || entry.isDirectory() ? null : zip.getInputStream(entry);
    } finally {
      if (in == null) {
        zip.close();
      }
    }
    return in == null ? Optional.empty() : Optional.of(new Entry(in, zip));
  }

  /** Closes the archive with its entry. */
  private static final class Entry extends FilterInputStream {
    private final ZipFile zip;

    Entry(InputStream in, ZipFile zip) {
      super(in);
      this.zip = zip;
    }

    @Override
    public void close() throws IOException {
      super.close();
      zip.close();
    }
  }

  /** What the manifest says. */
  public Capability capability() throws IOException, RefusedException {
    return Capability.ofHeader(header("Provide-Capability"));
  }

  /** The symbolic name of the bundle. */
  public String symbolicName() throws IOException, RefusedException {
    String name = header("Bundle-SymbolicName").split(";", 2)[0].strip();
    if (name.length() > MAX_NAME || !name.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
      throw RefusedException.lasting("Bundle-SymbolicName in the manifest is not a symbolic name");
    }
    return name;
  }

  private byte[] manifest() throws IOException, RefusedException {
    try {
      Optional<InputStream> found = entry("META-INF/MANIFEST.MF");
      if (found.isEmpty()) {
        return new byte[0];
      }
      try (InputStream in = found.get()) {
        return in.readNBytes(MAX_MANIFEST + 1);
      }
    } catch (ZipException e) {
      throw RefusedException.lasting("the file is not a jar or is cut off");
    }
  }

  /**
   * A model's signature says nothing about other content, so there must be none: no class, no
   * component, nothing that makes the framework or an extender run something.
   */
  public void checkDataOnly() throws IOException, RefusedException {
    Attributes attributes = attributes();
    for (Object name : attributes.keySet()) {
      if (CODE_HEADERS.contains(name.toString().toLowerCase(Locale.ROOT))) {
        throw RefusedException.lasting("a model holds data only, but the manifest has " + name);
      }
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      if (zip.size() > MAX_ENTRIES) {
        throw RefusedException.lasting("the jar has more than " + MAX_ENTRIES + " entries");
      }
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        boolean data = name.startsWith("model/") || name.startsWith("META-INF/");
        if (!data || name.endsWith(".class") || name.endsWith(".jar")) {
          throw RefusedException.lasting(
              "a model holds data only, but there is " + JsonFields.shown(name));
        }
      }
    }
  }

  private String header(String name) throws IOException, RefusedException {
    String value = attributes().getValue(name);
    if (value == null) {
      throw RefusedException.lasting("the manifest has no " + name);
    }
    return value;
  }

  private Attributes attributes() throws IOException, RefusedException {
    byte[] bytes = manifest();
    if (bytes.length == 0 || bytes.length > MAX_MANIFEST) {
      throw RefusedException.lasting("the file has no manifest, or one that is too long");
    }
    try {
      return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
    } catch (IOException e) {
      throw RefusedException.lasting("the manifest cannot be read");
    }
  }
}
