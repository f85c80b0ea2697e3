// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.util.Objects;

/**
 * Where a block stands: {@code count} samples of one stream, numbered from {@code firstSeq} without
 * a gap.
 *
 * @param gateway client id of the gateway
 * @param stream name of the stream
 * @param incarnation changes only when a store was lost; within one incarnation no sequence number
 *     is used twice
 * @param firstSeq sequence number of the first sample, from 1
 * @param count number of samples, 1 to {@link #MAX_COUNT}
 */
public record BlockId(String gateway, String stream, long incarnation, long firstSeq, int count) {

  /** Most samples of one block. */
  public static final int MAX_COUNT = 4096;

  public BlockId {
    Objects.requireNonNull(gateway, "gateway");
    Objects.requireNonNull(stream, "stream");
    if (incarnation < 0 || firstSeq < 1 || count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "block out of range: incarnation="
              + incarnation
              + " firstSeq="
              + firstSeq
              + " count="
              + count);
    }
  }

  /** Sequence number of the last sample. */
  public long lastSeq() {
    return firstSeq + count - 1;
  }
}
