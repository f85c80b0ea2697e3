// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import io.kete.container.config.Entry.Applied;
import io.kete.container.config.Entry.Refused;
import io.kete.container.config.Entry.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration of every component: what was stored meets what bundles define, and what is
 * right goes to ConfigurationAdmin. All methods may be called from any thread.
 */
final class Configurations {
  private static final Logger logger = LoggerFactory.getLogger(Configurations.class);
  private static final int KNOWN_SHOWN = 40;

  private final AdminTable admin;
  private final Secrets secrets;
  private final BooleanSupplier secretsHeld;
  private final Problems problems;
  private final Definitions definitions = new Definitions();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> held = new LinkedHashSet<>();
  private final Set<String> reported = new HashSet<>();
  private String source = "";
  private boolean seeded;

  /**
   * Nothing configured yet.
   *
   * @param secretsHeld true while a CryptoService is announced but not there: passwords wait for it
   */
  Configurations(
      AdminTable admin, Secrets secrets, BooleanSupplier secretsHeld, Problems problems) {
    this.admin = admin;
    this.secrets = secrets;
    this.secretsHeld = secretsHeld;
    this.problems = problems;
  }

  /** Takes the stored configuration as the one to reach; instances it does not have are deleted. */
  synchronized void seed(Snapshot snapshot) throws IOException {
    source = snapshot.source();
    admin.load();
    for (StoredComponent component : snapshot.components()) {
      String factoryPid = component.factoryPid().orElse(null);
      entries.put(component.pid(), new Entry(component.pid(), factoryPid, new Waiting(component)));
    }
    for (String pid : admin.pids()) {
      if (!entries.containsKey(pid) && admin.isInstance(pid)) {
        admin.delete(pid);
      }
    }
    seeded = true;
  }

  /**
   * Whether the stored configuration has been taken over; before that nothing may be changed or
   * stored.
   */
  synchronized boolean isSeeded() {
    return seeded;
  }

  /** A bundle defines a component: whatever waited for it is configured. */
  synchronized void define(Metatype metatype) {
    Optional<Metatype> other = definitions.find(metatype.pid());
    if (other.isPresent()) {
      logger.warn("config_defined_twice pid={}", metatype.pid());
      return;
    }
    definitions.put(metatype);
    if (!metatype.factory() && !entries.containsKey(metatype.pid())) {
      Entry fresh = new Entry(metatype.pid(), null, new Applied(Definitions.defaults(metatype)));
      entries.put(metatype.pid(), fresh);
      deliver(fresh);
      return;
    }
    for (Entry entry : List.copyOf(entries.values())) {
      if (entry.metatypePid().equals(metatype.pid())) {
        meet(entry, metatype);
      }
    }
  }

  synchronized void undefine(Metatype metatype) {
    definitions.remove(metatype);
  }

  private void meet(Entry entry, Metatype metatype) {
    problems.clear(entry.pid());
    if (entry.state() instanceof Applied applied) {
      Map<String, Object> completed = Definitions.completed(metatype, applied.values());
      apply(new Entry(entry.pid(), entry.factoryPid(), new Applied(completed)));
      return;
    }
    StoredComponent stored = entry.stored();
    if (metatype.factory() != (entry.factoryPid() != null)) {
      refuse(entry, new Fault(Keys.FACTORY_PID, stored.line(), factoryReason(metatype), true));
      return;
    }
    Checked typed = PropertyCheck.typed(stored);
    Map<String, Integer> lines = lines(stored);
    Checked checked = PropertyCheck.against(metatype, typed.values(), lines);
    List<Fault> faults = new ArrayList<>(typed.faults());
    Set<String> unreadable = new HashSet<>();
    typed.faults().forEach(fault -> unreadable.add(fault.key()));
    checked.faults().stream()
        .filter(fault -> !unreadable.contains(fault.key()))
        .forEach(faults::add);
    settle(entry, metatype, new Checked(checked.values(), faults));
  }

  private void settle(Entry entry, Metatype metatype, Checked checked) {
    Optional<Fault> refusal = checked.refusal();
    checked.faults().stream()
        .filter(fault -> !fault.fatal())
        .forEach(fault -> unknownKey(entry.pid(), metatype, fault));
    if (refusal.isPresent()) {
      checked.faults().stream().filter(Fault::fatal).forEach(fault -> refuse(entry, fault));
      return;
    }
    Map<String, Object> completed = Definitions.completed(metatype, checked.values());
    apply(new Entry(entry.pid(), entry.factoryPid(), new Applied(completed)));
  }

  private static String factoryReason(Metatype metatype) {
    return metatype.factory()
        ? "instances of a factory need the property " + Keys.FACTORY_PID
        : "the component is no factory";
  }

  private static Map<String, Integer> lines(StoredComponent stored) {
    Map<String, Integer> lines = new HashMap<>();
    stored.properties().forEach(property -> lines.put(property.key(), property.line()));
    return lines;
  }

  private void unknownKey(String pid, Metatype metatype, Fault fault) {
    List<String> known =
        metatype.definition().attributes().stream()
            .map(Metatype.Attribute::id)
            .sorted()
            .limit(KNOWN_SHOWN)
            .toList();
    String key = Keys.shown(fault.key());
    logger.error(
        "config_unknown_property file={} line={} pid={} key={} known={}",
        source,
        fault.line(),
        Keys.shown(pid),
        key,
        known);
    problems.add(
        pid,
        "%s:%d: %s has no property %s; it is ignored. Known: %s"
            .formatted(source, fault.line(), Keys.shown(pid), key, known));
  }

  private void refuse(Entry entry, Fault fault) {
    StoredComponent stored = entry.stored();
    entries.put(entry.pid(), new Entry(entry.pid(), entry.factoryPid(), new Refused(stored)));
    int line = fault.line() == 0 ? stored.line() : fault.line();
    String pid = Keys.shown(entry.pid());
    String key = Keys.shown(fault.key());
    logger.error(
        "config_refused file={} line={} pid={} key={} reason=\"{}\"",
        source,
        line,
        pid,
        key,
        fault.reason());
    problems.add(
        entry.pid(),
        "%s:%d: %s is not configured: %s %s".formatted(source, line, pid, key, fault.reason()));
    try {
      admin.delete(entry.pid());
    } catch (IOException failed) {
      undelivered(entry, failed);
    }
  }

  /** Takes an entry over and delivers it. */
  synchronized void apply(Entry entry) {
    entries.put(entry.pid(), entry);
    problems.clear("delivery of " + entry.pid());
    deliver(entry);
  }

  private void deliver(Entry entry) {
    if (!(entry.state() instanceof Applied applied)) {
      return;
    }
    if (Secrets.anyIn(applied.values()) && secretsHeld.getAsBoolean()) {
      held.add(entry.pid());
      return;
    }
    held.remove(entry.pid());
    try {
      Map<String, Object> delivered =
          secrets.delivered(applied.values(), admin.present(entry.pid()));
      admin.put(entry.pid(), entry.factoryPid(), delivered);
    } catch (IOException | KuraException failed) {
      undelivered(entry, failed);
    }
  }

  private void undelivered(Entry entry, Exception cause) {
    logger.error("config_not_delivered pid={}", Keys.shown(entry.pid()), cause);
    problems.add(
        "delivery of " + entry.pid(),
        Keys.shown(entry.pid())
            + (cause instanceof KuraException refused
                    && refused.getCode() == KuraErrorCode.SECURITY_EXCEPTION
                ? " is not configured: " + refused.getMessage()
                : " did not get its configuration, see the log"));
  }

  /**
   * A CryptoService came or went: components with passwords get them in the form that now holds.
   */
  synchronized void secretsChanged() {
    for (Entry entry : List.copyOf(entries.values())) {
      if (entry.state() instanceof Applied applied && Secrets.anyIn(applied.values())) {
        problems.clear("password of " + entry.pid());
        deliver(entry);
      }
    }
  }

  /** Called when no bundle came for a while: what still waits is reported, once. */
  synchronized void reportWaiting() {
    for (Entry entry : entries.values()) {
      if (entry.state() instanceof Waiting waiting && reported.add(entry.pid())) {
        String pid = Keys.shown(entry.metatypePid());
        int line = waiting.stored().line();
        logger.error("config_unknown_pid file={} line={} pid={}", source, line, pid);
        problems.add(
            entry.pid(),
            "%s:%d: no bundle defines %s; install it or remove the configuration"
                .formatted(source, line, pid));
      }
    }
    for (String pid : held) {
      if (reported.add("password of " + pid)) {
        logger.error("config_waits_for_crypto pid={}", Keys.shown(pid));
        problems.add(
            "password of " + pid,
            Keys.shown(pid) + " holds a password and waits for a CryptoService to start");
      }
    }
  }

  /** Deletes an instance. */
  synchronized void remove(String pid) throws IOException {
    entries.remove(pid);
    held.remove(pid);
    problems.clear(pid);
    admin.delete(pid);
  }

  synchronized Optional<Entry> entry(String pid) {
    return Optional.ofNullable(entries.get(pid));
  }

  synchronized List<Entry> all() {
    return List.copyOf(entries.values());
  }

  /** Every component as it is going to be when the change is made. */
  synchronized List<Entry> with(Change change) {
    Map<String, Entry> changed = new LinkedHashMap<>(entries);
    change.deleted().forEach(changed::remove);
    change.entries().forEach(entry -> changed.put(entry.pid(), entry));
    return List.copyOf(changed.values());
  }

  synchronized Optional<Metatype> definition(String pid) {
    return definitions.find(pid);
  }

  synchronized Set<String> factories() {
    return definitions.factories();
  }

  synchronized long count(Class<? extends Entry.State> state) {
    return entries.values().stream().filter(entry -> state.isInstance(entry.state())).count();
  }

  synchronized String source() {
    return source;
  }
}
