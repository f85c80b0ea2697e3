// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import java.util.concurrent.atomic.LongAdder;

/** Counts since the start, for the status. */
final class SealCounters {

  final LongAdder blocks = new LongAdder();
  final LongAdder sealedBlocks = new LongAdder();
  final LongAdder sealedReadings = new LongAdder();
  final LongAdder removedReadings = new LongAdder();
  final LongAdder withheldReadings = new LongAdder();
}
