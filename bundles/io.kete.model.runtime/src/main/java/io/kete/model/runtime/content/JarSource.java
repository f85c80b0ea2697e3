// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /**
   * Reads and checks everything that can be known of the file before its model is tried.
   *
   * @throws RefusedException for the first thing that is wrong
   */
  public Candidate candidate() throws IOException, RefusedException {
    if (Files.size(jar) > ModelFiles.MAX_MODEL) {
      throw RefusedException.lasting("the file is longer than " + ModelFiles.MAX_MODEL + " bytes");
    }
    symbolicName();
    checkDataOnly();
    return Candidate.read(capability(), this);
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

  /** Throws unless there is nothing in the file but a model. */
  public void checkDataOnly() throws IOException, RefusedException {
    List<String> headers = attributes().keySet().stream().map(Object::toString).toList();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      // one more than allowed is enough to be refused
      DataOnly.check(
          headers, zip.stream().limit(DataOnly.MAX_ENTRIES + 1L).map(ZipEntry::getName).toList());
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
