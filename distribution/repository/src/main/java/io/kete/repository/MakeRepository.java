// SPDX-License-Identifier: EPL-2.0
package io.kete.repository;

import io.kete.features.PackageSignature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.resource.Resource;

/** Makes a repository out of a folder of packages. */
public final class MakeRepository {

  /** Name of the repository of this project; gateways remember by it which state they have seen. */
  public static final String NAME = "kete";

  private final Path target;
  private final Optional<PackageSignature.Signing> signer;
  private final Map<String, Resource> bundles = new HashMap<>();

  private MakeRepository(Path target, Optional<PackageSignature.Signing> signer) {
    this.target = target;
    this.signer = signer;
  }

  /** Runs as a step of the build; see the module's build file for its arguments. */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    Arguments arguments = Arguments.of(args);
    List<Path> packages = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(arguments.path("packages"), "*.dp")) {
      files.forEach(packages::add);
    }
    make(
        packages,
        Optional.of(Files.readString(arguments.path("materials"))),
        arguments.path("target"),
        NAME,
        arguments.increment(),
        arguments.signer());
  }

  /**
   * Makes a repository; what is in the folder goes.
   *
   * @param packages the packages as they were built
   * @param materials the bill of materials, as CycloneDX JSON
   * @param target where it goes
   * @param name of the repository
   * @param increment of this state of it
   * @param signer signs each package and the whole; empty leaves them as they are
   * @throws IllegalArgumentException when two packages have different bytes for the same bundle
   */
  public static void make(
      List<Path> packages,
      Optional<String> materials,
      Path target,
      String name,
      long increment,
      Optional<PackageSignature.Signing> signer)
      throws IOException, GeneralSecurityException {
    empty(target);
    MakeRepository maker = new MakeRepository(target, signer);
    Index index = new Index(target);
    List<Path> sorted = new ArrayList<>(packages);
    sorted.sort(Comparator.comparing(file -> String.valueOf(file.getFileName())));
    for (Path file : sorted) {
      maker.add(index, file);
    }
    index.write(target.resolve("index.xml.gz"), name, increment);
    if (materials.isPresent()) {
      Files.writeString(target.resolve("bom.json"), materials.get());
      Files.writeString(target.resolve("LICENCES"), Licences.of(materials.get()));
    }
    seal(target, name, increment, signer);
  }

  /** Writes the sums of what is there and signs them. */
  static void seal(
      Path target, String name, long increment, Optional<PackageSignature.Signing> signer)
      throws IOException, GeneralSecurityException {
    byte[] sums = Sums.of(target, name, increment).getBytes(StandardCharsets.UTF_8);
    Files.write(target.resolve(Sums.FILE), sums);
    if (signer.isPresent()) {
      Files.write(target.resolve(Sums.SIGNATURE), signer.get().sign(sums));
    }
  }

  private void add(Index index, Path file) throws IOException, GeneralSecurityException {
    Packaged packaged = Packaged.read(file);
    List<Resource> own = new ArrayList<>();
    for (Map.Entry<String, byte[]> bundle : packaged.bundles().entrySet()) {
      own.add(bundle(index, bundle.getKey(), bundle.getValue()));
    }
    String path = "packages/" + packaged.fileName();
    Path copy = target.resolve(path);
    if (Files.exists(copy)) {
      throw new IllegalArgumentException(path + " is there twice");
    }
    Files.createDirectories(copy.resolveSibling(""));
    if (signer.isPresent()) {
      try (InputStream in = Files.newInputStream(file);
          OutputStream out = Files.newOutputStream(copy)) {
        PackageSignature.sign(in, out, signer.get());
      }
    } else {
      Files.copy(file, copy);
    }
    index.pack(packaged, path, Sums.sha256(copy), own);
  }

  private Resource bundle(Index index, String label, byte[] content) throws IOException {
    Path copy = target.resolve("bundles").resolve(label);
    Resource known = bundles.get(label);
    if (known != null) {
      if (Files.mismatch(copy, Files.write(target.resolve("again"), content)) >= 0) {
        throw new IllegalArgumentException(label + " has other bytes in another package");
      }
      Files.delete(target.resolve("again"));
      return known;
    }
    Files.createDirectories(copy.resolveSibling(""));
    Files.write(copy, content);
    Resource resource = index.bundle("bundles/" + label);
    bundles.put(label, resource);
    return resource;
  }

  private static void empty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    Files.createDirectories(folder);
  }
}
