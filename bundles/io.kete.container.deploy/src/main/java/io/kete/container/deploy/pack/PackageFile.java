// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.pack;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a deployment package from its beginning to its end, as Deployment Admin does, and refuses
 * what is not exactly one: the manifest first, then every bundle it names and nothing else, then
 * perhaps the signature. Reads at most a limit of inflated bytes.
 */
public final class PackageFile {

  /** Where the signature stands: last, where Deployment Admin does not look. */
  public static final String SIGNATURE = "META-INF/package.p7s";

  private static final int MAX_MANIFEST = 1 << 20;
  private static final int MAX_SIGNATURE = 1 << 16;
  private static final int MAX_NESTED = 20_000;

  private final ZipInputStream zip;
  private final long limit;
  private final Map<String, PackageInfo.Part> parts = new LinkedHashMap<>();
  private final StringBuilder inventory = new StringBuilder();
  private long inflated;
  private Optional<ByteBuffer> signature = Optional.empty();

  private PackageFile(ZipInputStream zip, long limit) {
    this.zip = zip;
    this.limit = limit;
  }

  /**
   * Reads one.
   *
   * @param limit most bytes its content may have
   * @throws RefusedException when it is none, or holds what it must not
   */
  public static PackageInfo read(Path file, long limit) throws RefusedException {
    MessageDigest whole = Sha.start();
    try (InputStream raw =
            new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), whole);
        ZipInputStream zip = new ZipInputStream(raw, StandardCharsets.UTF_8)) {
      PackageFile reader = new PackageFile(zip, limit);
      PackageManifest manifest = reader.manifest();
      reader.bundles(manifest);
      Sha.drain(raw);
      return new PackageInfo(
          manifest.name(),
          manifest.version(),
          new ArrayList<>(reader.parts.values()),
          Sha.end(whole),
          reader.inventory.toString(),
          reader.signature);
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException("this is no deployment package: " + e.getMessage(), e);
    }
  }

  private PackageManifest manifest() throws IOException, RefusedException {
    ZipEntry first = zip.getNextEntry();
    if (first == null || !first.getName().equals(JarFile.MANIFEST_NAME)) {
      throw new RefusedException(
          "this is no deployment package: its first file is not " + JarFile.MANIFEST_NAME);
    }
    byte[] bytes = bounded(MAX_MANIFEST, JarFile.MANIFEST_NAME);
    note(JarFile.MANIFEST_NAME, Sha.of(new ByteArrayInputStream(bytes)));
    return PackageManifest.of(new Manifest(new ByteArrayInputStream(bytes)));
  }

  private void bundles(PackageManifest manifest) throws IOException, RefusedException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String path = entry.getName();
      PackageManifest.@Nullable Declared declared = manifest.bundles().get(path);
      if (signature.isPresent()) {
        throw new RefusedException(PackageManifest.shown(path) + " stands behind the signature");
      }
      if (path.equals(SIGNATURE)) {
        signature =
            Optional.of(ByteBuffer.wrap(bounded(MAX_SIGNATURE, SIGNATURE)).asReadOnlyBuffer());
      } else if (declared == null || parts.containsKey(path)) {
        throw new RefusedException(
            "the package holds '"
                + PackageManifest.shown(path)
                + "', which its manifest does not name, or twice");
      } else {
        bundle(path, declared);
      }
    }
    List<String> absent = new ArrayList<>(manifest.bundles().keySet());
    absent.removeAll(parts.keySet());
    if (!absent.isEmpty()) {
      throw new RefusedException("the package lacks " + absent + ", which its manifest names");
    }
  }

  private void bundle(String path, PackageManifest.Declared declared)
      throws IOException, RefusedException {
    MessageDigest digest = Sha.start();
    InputStream content = new DigestInputStream(new Counted(zip), digest);
    Optional<Manifest> own = bundleManifest(content, path);
    Sha.drain(content);
    if (own.isEmpty()) {
      throw new RefusedException(path + " is no bundle: it has no manifest");
    }
    PackageManifest.compare(path, declared, own.get());
    String hex = Sha.end(digest);
    note(path, hex);
    parts.put(path, new PackageInfo.Part(path, declared.symbolicName(), declared.version(), hex));
  }

  /** The manifest of a jar, wherever in it it stands; what it inflates is bounded as well. */
  private Optional<Manifest> bundleManifest(InputStream content, String path)
      throws IOException, RefusedException {
    ZipInputStream jar = new ZipInputStream(new Open(content), StandardCharsets.UTF_8);
    int files = 0;
    for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
      if (++files > MAX_NESTED) {
        throw new RefusedException(
            path + " holds more than " + MAX_NESTED + " files before its manifest");
      }
      if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
        byte[] bytes = jar.readNBytes(MAX_MANIFEST + 1);
        if (bytes.length > MAX_MANIFEST) {
          throw new RefusedException("the manifest of " + path + " is too long");
        }
        return Optional.of(new Manifest(new ByteArrayInputStream(bytes)));
      }
      Sha.drain(new Counted(jar));
    }
    return Optional.empty();
  }

  private byte[] bounded(int most, String path) throws IOException, RefusedException {
    byte[] bytes = zip.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new RefusedException(path + " is longer than " + most + " bytes");
    }
    inflated += bytes.length;
    return bytes;
  }

  private void note(String path, String hex) {
    inventory.append(hex).append("  ").append(path).append('\n');
  }

  /** Leaves the stream open that it reads from. */
  private static class Open extends FilterInputStream {
    Open(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }

  /** Ends with an error what inflates without end. */
  private final class Counted extends Open {

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int more) throws IOException {
      inflated += more;
      if (inflated > limit) {
        throw new IOException(
            "its content is more than the " + limit + " bytes allowed by package.max-bytes");
      }
    }
  }
}
