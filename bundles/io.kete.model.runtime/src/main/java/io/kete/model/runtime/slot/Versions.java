// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.runtime.content.Candidate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** The versions a slot could serve: those that are installed, and the good ones that were kept. */
final class Versions {

  private final Parts parts;

  Versions(Parts parts) {
    this.parts = parts;
  }

  /** Installed ones that may serve by themselves, the newest first. */
  List<Candidate> eligible(SlotSettings settings) {
    return parts.catalogue().of(settings.model()).stream()
        .filter(candidate -> !settings.leavesOut(candidate.version()))
        .sorted(Comparator.comparing(Candidate::version).reversed())
        .toList();
  }

  boolean isInstalled(Candidate wanted) {
    return parts.catalogue().of(wanted.descriptor().name()).stream()
        .anyMatch(candidate -> candidate.digest().equals(wanted.digest()));
  }

  /** Kept ones of that model among these digests, in their order. */
  Stream<Candidate> kept(Stream<String> digests, String model) {
    return digests
        .map(parts.memory()::find)
        .flatMap(Optional::stream)
        .filter(candidate -> candidate.descriptor().name().equals(model));
  }

  /** That version, wherever it is; what serves is looked at first. */
  Optional<Candidate> find(
      Version version, String model, Optional<Candidate> serving, Stream<String> digests) {
    return Stream.of(serving.stream(), parts.catalogue().of(model).stream(), kept(digests, model))
        .flatMap(candidates -> candidates)
        .filter(candidate -> candidate.descriptor().name().equals(model))
        .filter(candidate -> candidate.version().equals(version))
        .findFirst();
  }
}
