// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import io.kete.container.config.Entry.Applied;
import io.kete.container.config.Entry.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change that has been checked against definitions and not been made yet.
 *
 * @param entries the configurations as they are going to be
 * @param deleted the instances that are going to be deleted
 * @param refusals why it must not be made, one sentence each; empty when it may
 * @param ignored keys nobody knows, by PID
 */
record Change(
    List<Entry> entries,
    List<String> deleted,
    List<String> refusals,
    Map<String, List<String>> ignored) {

  /** New values for some keys of some components, or new instances of a factory. */
  static Change update(Configurations present, Map<String, Map<String, Object>> properties) {
    Change change = empty();
    properties.forEach((pid, values) -> change.add(present, pid, values));
    return change;
  }

  /**
   * Everything as a snapshot has it: instances it lacks go, singletons it lacks get their defaults.
   */
  static Change restore(Configurations present, Snapshot snapshot) {
    Change change = empty();
    Set<String> kept = new HashSet<>();
    for (StoredComponent component : snapshot.components()) {
      kept.add(component.pid());
      change.addStored(present, component);
    }
    for (Entry entry : present.all()) {
      if (kept.contains(entry.pid())) {
        continue;
      }
      Optional<Metatype> metatype = present.definition(entry.pid());
      if (entry.factoryPid() != null || metatype.isEmpty()) {
        change.deleted.add(entry.pid());
      } else {
        Applied defaults = new Applied(Definitions.defaults(metatype.get()));
        change.entries.add(new Entry(entry.pid(), null, defaults));
      }
    }
    return change;
  }

  /** An instance of a factory goes. */
  static Change delete(String pid) {
    Change change = empty();
    change.deleted.add(pid);
    return change;
  }

  private static Change empty() {
    return new Change(
        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
  }

  private void add(Configurations present, String pid, Map<String, Object> properties) {
    Optional<Entry> entry = present.entry(pid);
    String factoryPid =
        entry.isPresent()
            ? entry.get().factoryPid()
            : properties.get(Keys.FACTORY_PID) instanceof String text ? text : null;
    if (pid.isBlank()) {
      refusals.add("a component needs a PID");
      return;
    }
    metatype(present, pid, factoryPid)
        .ifPresent(
            metatype -> {
              Map<String, Object> merged = merged(base(entry, metatype), properties);
              check(pid, factoryPid, metatype, Definitions.completed(metatype, merged));
            });
  }

  private void addStored(Configurations present, StoredComponent component) {
    String pid = component.pid();
    String factoryPid = component.factoryPid().orElse(null);
    if (present.definition(factoryPid == null ? pid : factoryPid).isEmpty()) {
      entries.add(new Entry(pid, factoryPid, new Waiting(component)));
      return;
    }
    Checked typed = PropertyCheck.typed(component);
    typed.faults().forEach(fault -> refuse(pid, fault));
    metatype(present, pid, factoryPid)
        .ifPresent(
            metatype -> {
              Map<String, Object> completed = Definitions.completed(metatype, typed.values());
              check(pid, factoryPid, metatype, completed);
            });
  }

  private Optional<Metatype> metatype(
      Configurations present, String pid, @Nullable String factoryPid) {
    String wanted = factoryPid == null ? pid : factoryPid;
    Optional<Metatype> metatype = present.definition(wanted);
    if (metatype.isEmpty()) {
      refusals.add("there is no component " + Keys.shown(wanted));
    } else if (metatype.get().factory() != (factoryPid != null)) {
      refusals.add(
          Keys.shown(wanted)
              + (factoryPid == null
                  ? " is a factory: an instance has a PID of its own and names it as "
                      + Keys.FACTORY_PID
                  : " is no factory"));
      return Optional.empty();
    }
    return metatype;
  }

  private void check(
      String pid, @Nullable String factoryPid, Metatype metatype, Map<String, Object> values) {
    Checked checked = PropertyCheck.against(metatype, values, Map.of());
    for (Fault fault : checked.faults()) {
      if (fault.fatal()) {
        refuse(pid, fault);
      } else {
        ignored.computeIfAbsent(pid, key -> new ArrayList<>()).add(fault.key());
      }
    }
    entries.add(new Entry(pid, factoryPid, new Applied(checked.values())));
  }

  private void refuse(String pid, Fault fault) {
    refusals.add(Keys.shown(pid) + ": " + Keys.shown(fault.key()) + " " + fault.reason());
  }

  private static Map<String, Object> base(Optional<Entry> entry, Metatype metatype) {
    Map<String, Object> known =
        entry
            .map(
                present ->
                    present.state() instanceof Applied applied
                        ? applied.values()
                        : PropertyCheck.typed(present.stored()).values())
            .orElse(Map.of());
    return Definitions.completed(metatype, known);
  }

  /**
   * New values over old ones. The channels of an asset are a set: when a change names one, it names
   * them all, or a channel could never be removed.
   */
  private static Map<String, Object> merged(
      Map<String, Object> old, Map<String, Object> properties) {
    Map<String, Object> merged = new HashMap<>(old);
    if (properties.keySet().stream().anyMatch(Keys::isChannel)) {
      merged.keySet().removeIf(Keys::isChannel);
    }
    properties.forEach(
        (key, value) -> {
          if (value == null) {
            merged.remove(key);
          } else if (!Keys.isIdentity(key)) {
            merged.put(key, value);
          }
        });
    return merged;
  }
}
