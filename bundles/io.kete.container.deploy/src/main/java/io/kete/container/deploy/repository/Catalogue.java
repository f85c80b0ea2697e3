// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.install.Trust;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.container.deploy.pack.Sha;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a repository has, once it is trusted: the signature of the sums is right, no newer state is
 * known, the index is the one the sums name.
 *
 * @param sums of all its files
 * @param packages from its index; each has a file that the sums name
 */
record Catalogue(SumList sums, List<Part> packages) {

  private static final String SUMS = "SHA256SUMS";
  private static final String SIGNATURE = "SHA256SUMS.p7s";
  private static final String INDEX = "index.xml.gz";
  private static final int MAX_SIGNATURE = 1 << 16;
  private static final int MAX_INDEX = 1 << 23;
  private static final long MAX_INFLATED = 1L << 26;

  Catalogue {
    packages = List.copyOf(packages);
  }

  /** Reads and checks; changes nothing but what is remembered of the repository. */
  static Catalogue read(Web web, Trust trust, Seen seen) throws RefusedException, IOException {
    byte[] bytes = web.bytes(SUMS, SumList.MAX_BYTES);
    SumList sums = SumList.parse(bytes);
    trust.check("repository " + sums.name(), bytes, signature(web, trust));
    seen.check(sums, bytes);
    byte[] index = web.bytes(INDEX, MAX_INDEX);
    if (!Sha.of(index).equals(sums.files().get(INDEX))) {
      throw new RefusedException("its index is not the one its SHA256SUMS names");
    }
    IndexReader.Index read = IndexReader.read(new ByteArrayInputStream(index), MAX_INFLATED);
    if (read.increment() != sums.increment()) {
      throw new RefusedException("its index and its SHA256SUMS are of different states");
    }
    List<Part> packages = new ArrayList<>();
    for (Part each : read.packages()) {
      if (!each.digest().equals(sums.files().get(each.path()))) {
        throw new RefusedException("the sums of its index and its SHA256SUMS differ for " + each);
      }
      packages.add(each);
    }
    seen.keep(sums, bytes);
    return new Catalogue(sums, packages);
  }

  /** Absent only where unsigned content may pass; then the gate says so. */
  private static Optional<ByteBuffer> signature(Web web, Trust trust) throws RefusedException {
    try {
      return Optional.of(ByteBuffer.wrap(web.bytes(SIGNATURE, MAX_SIGNATURE)).asReadOnlyBuffer());
    } catch (RefusedException e) {
      if (trust.allowsUnsigned()) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
