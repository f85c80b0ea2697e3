// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.pack;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What is in a deployment package.
 *
 * @param name its symbolic name
 * @param version its version
 * @param parts its bundles in the order of their start
 * @param digest SHA-256 of the whole file in hexadecimal
 * @param inventory what a signature signs: the SHA-256 of each file in it, with its name
 * @param signature the detached signature of the inventory
 */
public record PackageInfo(
    String name,
    String version,
    List<Part> parts,
    String digest,
    String inventory,
    Optional<ByteBuffer> signature) {

  /** Keeps a copy. */
  public PackageInfo {
    parts = List.copyOf(parts);
  }

  /**
   * A bundle.
   *
   * @param path in the package
   * @param symbolicName its symbolic name
   * @param version its version
   * @param digest SHA-256 of its bytes in hexadecimal
   */
  public record Part(String path, String symbolicName, String version, String digest) {}

  /** What Kura calls the file. */
  public String fileName() {
    return name + '_' + version + ".dp";
  }

  /** Whether a bundle of that name is in it. */
  public boolean holds(String symbolicName) {
    return parts.stream().anyMatch(part -> part.symbolicName().equals(symbolicName));
  }

  @Override
  public String toString() {
    return name + ' ' + version;
  }
}
