// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.data.api.BlockId;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a stream is told.
 *
 * @param stream name of the stream
 * @param gateway name of the gateway in every block
 * @param directory where the segments are
 * @param maxSamples most samples of a block
 * @param maxBlocks most blocks of a commit
 * @param latency from a commit until the next; samples of that time share one
 * @param segmentBytes size from which a segment is ended
 * @param maxBytes bound of the stream on the medium
 * @param whenFull what happens at the bound
 * @param maxAge age from which samples are dropped, zero for never
 * @param minFree bytes that must stay free on the medium; with less the stream does not grow
 * @param sending how it wants to be drained
 * @param encrypted whether new segments are encrypted with a key of this device
 */
record StreamSettings(
    String stream,
    String gateway,
    String directory,
    int maxSamples,
    int maxBlocks,
    Duration latency,
    long segmentBytes,
    long maxBytes,
    WhenFull whenFull,
    Duration maxAge,
    long minFree,
    Sending sending,
    boolean encrypted) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final long MIN_SEGMENT = 64 * 1024;
  private static final long MAX_SEGMENT = 64 * 1024 * 1024;
  private static final long MAX_BYTES = 1L << 50;
  private static final long MAX_AGE_SECONDS = 3_153_600_000L;

  enum WhenFull {
    /** Samples wait until there is room. */
    PUSH_BACK("push-back"),
    /** The oldest segment is given up. */
    DROP_OLDEST("drop-oldest"),
    /** New samples are refused. */
    DROP_NEWEST("drop-newest");

    private final String text;

    WhenFull(String text) {
      this.text = text;
    }

    static WhenFull of(String text) {
      for (WhenFull value : values()) {
        if (value.text.equals(text)) {
          return value;
        }
      }
      throw wrong("when.full", text, "push-back, drop-oldest or drop-newest");
    }
  }

  StreamSettings {
    check(
        NAME.matcher(stream).matches(), "stream", stream, "1 to 64 letters, digits, '_', '.', '-'");
    check(!gateway.isBlank(), "gateway", gateway, "not blank");
    check(!directory.isBlank(), "directory", directory, "not blank");
    check(
        maxSamples >= 1 && maxSamples <= BlockId.MAX_COUNT,
        "commit.max.samples",
        maxSamples,
        "1 to 4096");
    check(maxBlocks >= 1 && maxBlocks <= 256, "commit.max.blocks", maxBlocks, "1 to 256");
    check(
        !latency.isNegative() && latency.toMillis() <= 10_000,
        "commit.latency.ms",
        latency.toMillis(),
        "0 to 10000");
    check(
        segmentBytes >= MIN_SEGMENT && segmentBytes <= MAX_SEGMENT,
        "segment.bytes",
        segmentBytes,
        "65536 to 67108864");
    check(
        maxBytes >= 3 * segmentBytes && maxBytes <= MAX_BYTES,
        "max.bytes",
        maxBytes,
        "three times segment.bytes to " + MAX_BYTES);
    check(
        minFree >= 0 && minFree <= MAX_BYTES, "min.free.bytes", minFree, "0 (off) to " + MAX_BYTES);
    check(
        !maxAge.isNegative() && maxAge.toSeconds() <= MAX_AGE_SECONDS,
        "max.age",
        maxAge.toSeconds(),
        "0 (never) to " + MAX_AGE_SECONDS + " seconds");
  }

  /** Whether a running store can go on with the other settings. */
  boolean isSameStore(StreamSettings other) {
    return stream.equals(other.stream)
        && gateway.equals(other.gateway)
        && directory.equals(other.directory);
  }

  static void check(boolean valid, String key, Object value, String allowed) {
    if (!valid) {
      throw wrong(key, value, allowed);
    }
  }

  static IllegalArgumentException wrong(String key, Object value, String allowed) {
    return new IllegalArgumentException(
        H2Stream.PID + ": " + key + " is '" + value + "', allowed: " + allowed);
  }
}
