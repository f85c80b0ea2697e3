// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.data.api.Sample;
import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelException;
import io.kete.model.api.Scorer;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A gateway of its own process, in which a model ends the process while it is loaded. */
final class CrashChild {

  private CrashChild() {}

  /** Exit code 0 when the good model serves and the deadly one is refused. */
  static int run(Path folder, String what) throws Exception {
    Station station =
        new Station(
            folder.resolve("crash"),
            folder.resolve("anchors"),
            Map.of("crash", (descriptor, model) -> crash()));
    try (station;
        Scorer scorer = station.open()) {
      List<Sample> scored = scorer.score(List.of(Station.sample(20, 30)));
      boolean atOnce = scored.get(0).lineage().size() == 1;
      station.look();
      String refusal = station.slot().state().lastRefusal();
      System.out.println("          child   " + what + ": " + station.version() + ", " + refusal);
      return atOnce && station.version().equals("1.0.0") && refusal.contains("the gateway ended 1")
          ? 0
          : 1;
    }
  }

  /** As a defect in native code does: a write to an address that is nobody's. */
  private static LoadedModel crash() throws ModelException {
    try {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field field = type.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      Method write = type.getMethod("putAddress", long.class, long.class);
      write.invoke(field.get(null), 0L, 0L);
    } catch (ReflectiveOperationException e) {
      throw new ModelException("this virtual machine does not crash", e);
    }
    throw new ModelException("the address was somebody's");
  }
}
