// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import java.util.List;

/**
 * One filter over the readings of a sample. May remember earlier samples; never called by two
 * threads at once.
 */
@FunctionalInterface
interface SignalStep {

  /** The readings that go on, in their order; the very list of the sample when nothing changed. */
  List<Reading> apply(Sample sample);
}
