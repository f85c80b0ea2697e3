// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.SlotState.Identity;
import io.kete.model.runtime.gate.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.kura.type.TypedValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what becomes of models, each change once: log, upstream, status. */
final class Journal {

  private static final Logger logger = LoggerFactory.getLogger(Journal.class);
  private static final int MAX_SHOWN = 16;

  /** So many refusals are not told again; more than there are bad models on any gateway. */
  private static final int MAX_REFUSED = 1024;

  private static final String REJECTED = Stage.REJECTED.name();
  private static final int DIGEST_SHOWN = 12;

  private final String slot;
  private final Consumer<Sample> upstream;
  private final LongSupplier clock;

  /** How far each version came, the last change last. */
  private final Map<String, String> known = new LinkedHashMap<>();

  private volatile String lastRefusal = "";

  Journal(String slot, Consumer<Sample> upstream, LongSupplier clock) {
    this.slot = slot;
    this.upstream = upstream;
    this.clock = clock;
  }

  /** A model has come to a stage; the reason is empty where there is nothing to explain. */
  void note(Identity model, Stage stage, String reason) {
    if (!change(model, stage, reason)) {
      return;
    }
    switch (stage) {
      case REJECTED -> {
        lastRefusal = model.version() + ": " + reason;
        log("model_rejected", model, reason, true);
        send(model, stage, reason);
      }
      case ACTIVE -> {
        log("model_activated", model, reason, false);
        send(model, stage, reason);
      }
      case RETIRED -> {
        log("model_retired", model, reason, false);
        send(model, stage, reason);
      }
      default ->
          logger.debug(
              "model_progressed slot={} version={} stage={}", slot, model.version(), stage);
    }
  }

  private void log(String event, Identity model, String reason, boolean error) {
    String form = "{} slot={} model={} version={} digest={} reason={}";
    Object[] values = {event, slot, model.model(), model.version(), model.digest(), reason};
    if (error) {
      logger.error(form, values);
    } else {
      logger.info(form, values);
    }
  }

  /** What was told before the last restart; it is shown, and not told again. */
  void recall(Identity model, String reason) {
    if (change(model, Stage.REJECTED, reason)) {
      lastRefusal = model.version() + ": " + reason;
    }
  }

  /** A model that was rejected is on its way again only when it gets to the end. */
  private synchronized boolean change(Identity model, Stage stage, String reason) {
    String digest = model.digest().substring(0, Math.min(model.digest().length(), DIGEST_SHOWN));
    String key = digest.isEmpty() ? model.version() : model.version() + "@" + digest;
    String now = reason.isEmpty() ? stage.name() : stage.name() + ": " + reason;
    String before = known.get(key);
    boolean again =
        before != null && stage.compareTo(Stage.ACTIVE) < 0 && before.startsWith(REJECTED);
    if (again || now.equals(before)) {
      return false;
    }
    known.remove(key);
    known.put(key, now);
    forget();
    return true;
  }

  /**
   * Beyond those that are shown, refusals only: what is refused is looked at again whenever
   * something changes, and must not be told again. The others can come back only by a change.
   */
  private void forget() {
    int surplus = known.size() - MAX_SHOWN;
    int refused = 0;
    Iterator<String> oldest = known.values().iterator();
    for (; surplus > 0; surplus--) {
      if (!oldest.next().startsWith(REJECTED)) {
        oldest.remove();
      } else {
        refused++;
      }
    }
    if (refused > MAX_REFUSED) {
      known.remove(known.keySet().iterator().next());
    }
  }

  private void send(Identity model, Stage stage, String reason) {
    long now = clock.getAsLong();
    List<Reading> readings = new ArrayList<>();
    text(readings, "state", stage.name(), now);
    text(readings, "model", model.model(), now);
    text(readings, "version", model.version(), now);
    text(readings, "digest", model.digest(), now);
    text(readings, "reason", reason, now);
    upstream.accept(new Sample("kete.model." + slot, now, ClockQuality.UNKNOWN, readings));
  }

  private static void text(List<Reading> readings, String channel, String value, long now) {
    if (!value.isEmpty()) {
      readings.add(Reading.Measured.good(channel, TypedValues.newStringValue(value), "", now));
    }
  }

  /** Version and last refusal reason, empty when nothing was refused. */
  String lastRefusal() {
    return lastRefusal;
  }

  /** The last models by version and digest, with their stages. */
  synchronized Map<String, Object> models() {
    Map<String, Object> shown = new HashMap<>();
    known.entrySet().stream()
        .skip(Math.max(0, known.size() - MAX_SHOWN))
        .forEach(entry -> shown.put(entry.getKey(), entry.getValue()));
    return shown;
  }
}
