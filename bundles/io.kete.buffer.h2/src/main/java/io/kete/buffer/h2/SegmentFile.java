// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a segment file says, so that the chain is known without opening any of it. A
 * segment ends where the next begins.
 *
 * @param number running number
 * @param firstSeq first sequence number it may hold
 * @param runMillis running time of the stream when the segment was begun
 * @param key id of the {@link StoreKey} its blocks are encrypted with; empty when they are not
 */
record SegmentFile(long number, long firstSeq, long runMillis, String key) {

  private static final Pattern NAME =
      Pattern.compile("segment-(\\d{1,18})-(\\d{1,18})-(\\d{1,18})(?:-k([0-9a-f]{16}))?\\.mv");
  private static final Pattern GONE =
      Pattern.compile("(segment-[0-9a-fk-]+\\.mv)\\.(\\d{1,18})-([a-z-]+)\\.gone");

  /**
   * What is left of a segment that is deleted: its range, in case no head knows yet.
   *
   * @param reason why it was dropped, {@link #DELIVERED} when all was delivered
   */
  record Gone(SegmentFile segment, long lastSeq, String reason) {

    static final String DELIVERED = "delivered";

    static Optional<Gone> of(String name) {
      Matcher matcher = GONE.matcher(name);
      return matcher.matches()
          ? SegmentFile.of(matcher.group(1))
              .map(s -> new Gone(s, Long.parseLong(matcher.group(2)), matcher.group(3)))
          : Optional.empty();
    }

    String name() {
      return segment.name() + "." + lastSeq + "-" + reason + ".gone";
    }
  }

  static Optional<SegmentFile> of(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new SegmentFile(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                matcher.group(4) == null ? "" : matcher.group(4)))
        : Optional.empty();
  }

  String name() {
    String suffix = isEncrypted() ? "-k" + key : "";
    return "segment-%08d-%d-%d%s.mv".formatted(number, firstSeq, runMillis, suffix);
  }

  boolean isEncrypted() {
    return !key.isEmpty();
  }

  String repairName() {
    return name() + ".repair";
  }

  String damagedName() {
    return name() + ".damaged";
  }
}
