// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.runtime.content.Candidate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Models that were installed while the gateway ran and have not served yet. One that is older than
 * what serves must not be passed over in silence, whichever bundle it came in; one that lay beside
 * a newer one from the start was never meant to serve by itself.
 */
final class Latecomers {

  private final Map<String, Candidate> byDigest = new LinkedHashMap<>();

  synchronized void add(Candidate candidate) {
    byDigest.put(candidate.digest(), candidate);
  }

  /**
   * Those that cannot serve because of what serves.
   *
   * @param outrun whether one is such; empty when it is to be forgotten
   */
  synchronized List<Candidate> outrun(Function<Candidate, Optional<Boolean>> outrun) {
    List<Candidate> late = new ArrayList<>();
    Iterator<Candidate> all = byDigest.values().iterator();
    while (all.hasNext()) {
      Candidate candidate = all.next();
      Optional<Boolean> answer = outrun.apply(candidate);
      if (answer.isEmpty()) {
        all.remove();
      } else if (answer.get()) {
        late.add(candidate);
      }
    }
    return late;
  }
}
