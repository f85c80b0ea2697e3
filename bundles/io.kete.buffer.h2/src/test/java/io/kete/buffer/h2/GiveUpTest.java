// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.buffer.api.Lane;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.StreamLedger;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Samples no receiver can have: dropped with a reason, told, and never both dropped and delivered.
 */
final class GiveUpTest {

  @TempDir Path directory;

  private static List<Parcel> all(Outlet outlet) {
    List<Parcel> all = new ArrayList<>();
    List<Parcel> some = outlet.poll(Lane.BACKLOG, 8);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = outlet.poll(Lane.BACKLOG, 8);
    }
    return all;
  }

  @Test
  void countsThemAsDroppedAndTellsTheRange() {
    StreamSettings settings = Bench.settings(directory + "/s", 64L << 20, WhenFull.DROP_OLDEST, 64);
    try (Bench bench = new Bench(settings)) {
      bench.appendAll(1, 100);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        List<Parcel> parcels = all(outlet);
        outlet.giveUp(3, 2, "refused");
        parcels.forEach(outlet::acknowledge);
        outlet.giveUp(3, 2, "refused");
        outlet.giveUp(50, 1, "too late");
        outlet.giveUp(1, 0, "nothing");

        StreamLedger ledger = bench.stream.ledger();
        assertThat(ledger.isEven()).isTrue();
        assertThat(ledger.buffered()).isZero();
        assertThat(ledger.delivered()).isEqualTo(98);
        assertThat(ledger.dropped()).containsOnlyKeys("refused").containsEntry("refused", 2L);
        assertThat(all(outlet))
            .singleElement()
            .isInstanceOfSatisfying(
                Parcel.Dropped.class,
                told -> {
                  assertThat(told.firstSeq()).isEqualTo(3);
                  assertThat(told.count()).isEqualTo(2);
                  assertThat(told.reason()).isEqualTo("refused");
                });
      }
    }
  }
}
