// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.buffer.h2.SeqRanges.Range;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SeqRangesTest {

  @Test
  void mergesWhatTouches() {
    SeqRanges ranges = new SeqRanges();
    ranges.add(1, 3);
    ranges.add(7, 9);
    assertThat(ranges.add(4, 6)).containsExactly(new Range(4, 6));
    assertThat(ranges.ranges()).containsExactly(new Range(1, 9));
  }

  @Test
  void tellsWhichPartsAreNew() {
    SeqRanges ranges = new SeqRanges();
    ranges.add(3, 4);
    assertThat(ranges.add(1, 6)).containsExactly(new Range(1, 2), new Range(5, 6));
    assertThat(ranges.add(1, 6)).isEmpty();
    assertThat(ranges.add(9, 8)).isEmpty();
  }

  @Test
  void agreesWithAPlainSet() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      SeqRanges ranges = new SeqRanges();
      TreeSet<Long> plain = new TreeSet<>();
      for (int i = 0; i < 40; i++) {
        long first = random.nextInt(100) + 1L;
        long last = first + random.nextInt(12);
        ranges.add(first, last);
        for (long n = first; n <= last; n++) {
          plain.add(n);
        }
        assertThat(ranges.size()).isEqualTo(plain.size());
      }
      for (long n = 1; n < 120; n++) {
        long expected = n;
        while (plain.contains(expected)) {
          expected++;
        }
        assertThat(ranges.nextMissing(n)).isEqualTo(expected);
        assertThat(ranges.covers(n, n)).isEqualTo(plain.contains(n));
      }
    }
  }
}
