// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.framework.Version;

/**
 * The configuration of a slot, checked.
 *
 * @param slot name of the slot
 * @param model name of the model that serves in it
 * @param pin the version that has to serve, empty for the newest
 * @param events name of the stream that hears of changes, empty for none
 * @param guards how careful the slot is
 */
public record SlotSettings(
    String slot, String model, Optional<Version> pin, String events, Guards guards) {

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
    return new SlotSettings(slot, model, version(pid, pin.strip()), events.strip(), Guards.USUAL);
  }

  /** The same with other guards. */
  public SlotSettings with(Guards other) {
    return new SlotSettings(slot, model, pin, events, other);
  }

  private static void matches(String pid, String key, String value, Pattern form) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(
          pid + ": " + key + "='" + value + "' has to be of the form " + form.pattern());
    }
  }

  private static Optional<Version> version(String pid, String pin) {
    try {
      return pin.isEmpty() ? Optional.empty() : Optional.of(Version.parseVersion(pin));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          pid + ": pin='" + pin + "' has to be a version such as 1.4.0, or empty", e);
    }
  }

  /** Whether a running slot can take over the other settings. */
  public boolean isSameSlot(SlotSettings other) {
    return slot.equals(other.slot) && model.equals(other.model);
  }
}
