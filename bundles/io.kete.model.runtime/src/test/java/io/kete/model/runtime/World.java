// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.runtime.gate.Gate;
import io.kete.model.runtime.gate.Prover;
import io.kete.model.runtime.gate.Surroundings;
import io.kete.model.runtime.install.Catalogue;
import io.kete.model.runtime.slot.Guards;
import io.kete.model.runtime.slot.Parts;
import io.kete.model.runtime.slot.SlotCore;
import io.kete.model.runtime.slot.SlotSettings;
import io.kete.model.runtime.store.Memory;
import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What is around slots, without a framework. A signature is good when it says so. */
public final class World {

  public final SumEngine engine = new SumEngine();
  public final Surroundings surroundings = new Surroundings();
  public final Catalogue catalogue = new Catalogue();
  public final AtomicLong now = new AtomicLong(7);

  /** What a look at the monotonic time takes. */
  public final AtomicLong nanosPerLook = new AtomicLong();

  private final AtomicLong nanos = new AtomicLong();
  private static final Duration LIMIT = Duration.ofMinutes(1);

  public final Gate gate;
  public final Memory memory;
  public final List<Sample> events = new CopyOnWriteArrayList<>();
  public final Verifier verifier = verifier(false);

  public World(Path folder) {
    this(folder, LIMIT);
  }

  /**
   * @param limit longest time of a load
   */
  public World(Path folder, Duration limit) {
    gate = new Gate(surroundings, new Prover(System::nanoTime), limit);
    memory = new Memory(folder);
    surroundings.add("sum", engine);
    surroundings.add(verifier);
    catalogue.settle();
  }

  public static Verifier verifier(boolean allowUnsigned) {
    return (purpose, content, signature) -> {
      String text =
          signature
              .map(bytes -> StandardCharsets.UTF_8.decode(bytes.duplicate()).toString())
              .orElse("");
      if (text.isEmpty() && allowUnsigned) {
        return new Verdict.Unsigned();
      }
      return text.equals("good") && content.readAllBytes().length > 128
          ? new Verdict.Trusted("CN=somebody")
          : new Verdict.Refused(text.isEmpty() ? "not signed" : "wrong");
    };
  }

  public SlotCore slot(String pin, Executor executor) {
    SlotCore slot = new SlotCore(settings(pin), parts(executor));
    slot.start();
    return slot;
  }

  private Parts parts(Executor executor) {
    return new Parts(
        catalogue,
        surroundings,
        gate,
        memory,
        events::add,
        executor,
        now::get,
        () -> nanos.addAndGet(nanosPerLook.get()));
  }

  /** A slot that works on the caller's thread. */
  public SlotCore slot() {
    return slot("", Runnable::run);
  }

  /** A slot with guards, on the caller's thread. */
  public SlotCore slot(Guards guards) {
    return slot(settings("").with(guards));
  }

  /** A slot with these settings, on the caller's thread. */
  public SlotCore slot(SlotSettings settings) {
    SlotCore slot = new SlotCore(settings, parts(Runnable::run));
    slot.start();
    return slot;
  }

  public static SlotSettings settings(String pin) {
    return SlotSettings.of("test", "s", "pump", pin, "events");
  }

  /** As after a change of configuration. */
  public static SlotSettings ordered(String pin, String promote, String rollback) {
    return settings(pin).ordered("test", promote, rollback);
  }

  /** What went upstream, as {@code STATE version: reason}. */
  public List<String> told() {
    return events.stream()
        .map(
            sample ->
                sample.readings().stream()
                    .filter(r -> !List.of("model", "digest").contains(r.channel()))
                    .map(r -> ((Reading.Measured) r).value().getValue().toString())
                    .collect(Collectors.joining(" ")))
        .toList();
  }
}
