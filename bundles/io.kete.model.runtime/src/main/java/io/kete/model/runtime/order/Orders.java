// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.order;

import io.kete.model.runtime.slot.SlotCore;
import io.kete.model.runtime.slot.SlotSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks an order against what its slot knows and writes it into the configuration of the slot. So
 * an order is a change of configuration like any other: it stands in the snapshot, shows in the
 * console and survives a restart.
 */
public final class Orders {

  private static final Logger logger = LoggerFactory.getLogger(Orders.class);
  private static final String PIN = "pin";
  private static final String PROMOTE = "promote";
  private static final String ROLLBACK = "rollback";

  private final Map<String, Post> posts = new ConcurrentSkipListMap<>();
  private final List<ConfigurationService> configurations = new CopyOnWriteArrayList<>();

  /** A slot runs. */
  public void add(Post post) {
    posts.put(post.slot().name(), post);
  }

  /** A slot ends. */
  public void remove(Post post) {
    posts.remove(post.slot().name(), post);
  }

  /** Configurations can be changed. */
  public void add(ConfigurationService configuration) {
    configurations.add(configuration);
  }

  /** Configurations can be changed no longer. */
  public void remove(ConfigurationService configuration) {
    configurations.remove(configuration);
  }

  /** The slots that run, by name. */
  public Map<String, SlotCore> slots() {
    Map<String, SlotCore> slots = new TreeMap<>();
    posts.forEach((name, post) -> slots.put(name, post.slot()));
    return slots;
  }

  /** Gives the order; the slot follows a moment later, and its state changes tell. */
  public Answer give(Order order) {
    Post post = posts.get(order.slot());
    if (post == null) {
      return new Answer.Unknown("there is no slot " + order.slot());
    }
    Optional<ConfigurationService> configuration = configurations.stream().findFirst();
    if (post.pid().isEmpty() || configuration.isEmpty()) {
      return new Answer.Refused(
          "there is no ConfigurationService that could change slot " + order.slot());
    }
    Map<String, Object> changes = new HashMap<>();
    Answer answer = changes(order, post.slot(), changes);
    if (answer instanceof Answer.Taken) {
      try {
        configuration.get().updateConfiguration(post.pid(), changes);
        logger.info(
            "slot_ordered slot={} action={} changes={}", order.slot(), order.action(), changes);
      } catch (KuraException e) {
        return new Answer.Refused(
            "the configuration of slot " + order.slot() + " cannot be changed: " + e.getMessage());
      }
    }
    return answer;
  }

  private static Answer changes(Order order, SlotCore slot, Map<String, Object> changes) {
    return switch (order.action()) {
      case PIN -> chosen(slot, order.version().orElseThrow(), PIN, changes);
      case UNPIN -> {
        changes.put(PIN, "");
        yield new Answer.Taken();
      }
      case PROMOTE -> {
        Optional<Version> version = order.version().or(slot::compared);
        if (version.isEmpty()) {
          yield new Answer.Unknown("no version is in the shadow of slot " + slot.name());
        }
        changes.put(PIN, "");
        yield chosen(slot, version.get(), PROMOTE, changes);
      }
      case ROLLBACK -> left(slot, changes);
    };
  }

  /** A version that was rolled back before may come again once it is asked for by name. */
  private static Answer chosen(
      SlotCore slot, Version version, String key, Map<String, Object> changes) {
    if (!slot.versions().contains(version)) {
      return new Answer.Unknown(
          "version " + version + " is neither installed nor kept for slot " + slot.name());
    }
    changes.put(key, version.toString());
    Set<Version> leftOut = new HashSet<>(slot.settings().rollback());
    if (leftOut.remove(version)) {
      changes.put(ROLLBACK, text(leftOut));
    }
    return new Answer.Taken();
  }

  private static Answer left(SlotCore slot, Map<String, Object> changes) {
    Optional<Version> serving = slot.serving();
    if (serving.isEmpty()) {
      return new Answer.Refused("nothing serves in slot " + slot.name());
    }
    SlotSettings settings = slot.settings();
    Set<Version> known = slot.versions();
    boolean older =
        known.stream()
            .anyMatch(v -> v.compareTo(serving.get()) < 0 && !settings.rollback().contains(v));
    if (!older) {
      return new Answer.Refused(
          "slot "
              + slot.name()
              + " has no version before "
              + serving.get()
              + ", neither installed nor kept");
    }
    Set<Version> leftOut = new HashSet<>(settings.rollback());
    known.stream().filter(v -> v.compareTo(serving.get()) >= 0).forEach(leftOut::add);
    changes.put(PIN, "");
    changes.put(PROMOTE, "");
    // what is gone for good needs not be left out
    leftOut.retainAll(known);
    changes.put(ROLLBACK, text(leftOut));
    return new Answer.Taken();
  }

  private static String text(Set<Version> versions) {
    return versions.stream().sorted().map(Version::toString).collect(Collectors.joining(","));
  }
}
