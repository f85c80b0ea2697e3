// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import io.kete.data.api.Sample;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Scores the samples of one route, in order. Used by one thread at a time. */
@ProviderType
public interface Scorer extends AutoCloseable {

  /** Channel, behind a prefix, of the reading that tells that there was no model. */
  String NONE = "model";

  /**
   * The samples with scores and lineage added. Each is scored wholly by the version that serves at
   * the beginning of the call. A sample that cannot be scored keeps its readings and gets BAD
   * scores with the reason; without a model it is passed on with a BAD reading {@link #NONE} behind
   * the binding's prefix, or behind {@code <slot>.} when that is empty, and the reason {@code
   * none}.
   */
  List<Sample> score(List<Sample> samples);

  /** Lets go of the slot; the window is kept for the same binding. */
  @Override
  void close();
}
