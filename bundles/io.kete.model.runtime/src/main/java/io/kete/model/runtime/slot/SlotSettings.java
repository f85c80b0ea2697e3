// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/**
 * The configuration of a slot, checked.
 *
 * @param slot name of the slot
 * @param model name of the model that serves in it
 * @param pin the version that has to serve, empty for the newest
 * @param promote the version that serves without a time in the shadow
 * @param rollback versions that must not serve by themselves
 * @param events name of the stream that hears of changes, empty for none
 * @param guards how careful the slot is
 */
public record SlotSettings(
    String slot,
    String model,
    Optional<Version> pin,
    Optional<Version> promote,
    Set<Version> rollback,
    String events,
    Guards guards) {

  /** Versions that can be left out at the same time. */
  private static final int MAX_ROLLBACK = 16;

  private static final Pattern SLOT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern MODEL = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  /**
   * From plain texts.
   *
   * @throws IllegalArgumentException with the key and what is allowed
   */
  public static SlotSettings of(String pid, String slot, String model, String pin, String events) {
    matches(pid, "slot", slot, SLOT);
    matches(pid, "model", model, MODEL);
    return new SlotSettings(
        slot,
        model,
        version(pid, "pin", pin.strip()),
        Optional.empty(),
        Set.of(),
        events.strip(),
        Guards.USUAL);
  }

  /**
   * The same with orders, from plain texts.
   *
   * @throws IllegalArgumentException with the key and what is allowed
   */
  public SlotSettings ordered(String pid, String promoted, String leftOut) {
    Set<Version> versions = new LinkedHashSet<>();
    for (String part : leftOut.split(",", -1)) {
      version(pid, "rollback", part.strip()).ifPresent(versions::add);
    }
    if (versions.size() > MAX_ROLLBACK) {
      throw new IllegalArgumentException(
          pid + ": rollback has " + versions.size() + " versions, allowed are " + MAX_ROLLBACK);
    }
    return new SlotSettings(
        slot,
        model,
        pin,
        version(pid, "promote", promoted.strip()),
        Set.copyOf(versions),
        events,
        guards);
  }

  /** Whether the configuration asks for this version, so that it needs no proof by comparison. */
  boolean asksFor(Version version) {
    return isPinned(version) || promote.filter(version::equals).isPresent();
  }

  /** Whether this version has to serve whatever happens. */
  boolean isPinned(Version version) {
    return pin.filter(version::equals).isPresent();
  }

  /** The versions that must not serve by themselves, as the configuration has them. */
  public String rolledBack() {
    return rollback.stream().sorted().map(Version::toString).collect(Collectors.joining(","));
  }

  /** Whether this version must not serve by itself. */
  boolean leavesOut(Version version) {
    return rollback.contains(version) && !isPinned(version);
  }

  /** The same with other guards. */
  public SlotSettings with(Guards other) {
    return new SlotSettings(slot, model, pin, promote, rollback, events, other);
  }

  private static void matches(String pid, String key, String value, Pattern form) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(
          pid + ": " + key + "='" + value + "' has to be of the form " + form.pattern());
    }
  }

  private static Optional<Version> version(String pid, String key, String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Version.parseVersion(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          pid + ": " + key + "='" + text + "' has to be a version such as 1.4.0, or empty", e);
    }
  }

  /** Whether a running slot can take over the other settings. */
  public boolean isSameSlot(SlotSettings other) {
    return slot.equals(other.slot) && model.equals(other.model);
  }
}
