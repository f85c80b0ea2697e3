// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds key envelopes in the raw bytes of a segment, in live pages and in those H2 wrote anew. A
 * frame whose envelope is overwritten fails its checksum, so every reader leaves it out.
 */
final class KeyFrames {

  /** Where an envelope lies in a file. */
  record Part(long offset, int length) {}

  /** Windows to look at begin so many bytes apart. */
  static final int STEP = 1 << 20;

  /** A window reaches so much further: the largest frame of a key. */
  static final int MAX_FRAME = 1 << 19;

  private KeyFrames() {}

  /**
   * Envelopes of the given epochs.
   *
   * @param from where the window begins in the file
   */
  static List<Part> find(byte[] window, long from, Set<String> epochs) {
    List<Part> found = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(window);
    for (int at = 0; at + Frame.OVERHEAD <= window.length; at++) {
      if (in.getInt(at) != Frame.MAGIC) {
        continue;
      }
      int start = at + Frame.HEADER_BYTES;
      Optional<Frame> frame = Frame.parse(window, at, window.length);
      if (frame
          .flatMap(Segment::envelope)
          .filter(key -> epochs.contains(key.epoch()))
          .isPresent()) {
        found.add(new Part(from + start, frame.orElseThrow().payload().length));
      }
    }
    return found;
  }
}
