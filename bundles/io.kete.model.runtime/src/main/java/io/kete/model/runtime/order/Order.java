// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.order;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/**
 * What a slot is told to do.
 *
 * @param action what
 * @param slot name of the slot
 * @param version the version it is about, where one is given
 */
public record Order(Action action, String slot, Optional<Version> version) {

  /** What can be ordered. */
  public enum Action {
    /** This version serves whatever happens; needs a version. */
    PIN,
    /** The newest version serves again. */
    UNPIN,
    /** A version serves without a time in the shadow, or the one in the shadow serves now. */
    PROMOTE,
    /** The version that serves gives way to the one before it. */
    ROLLBACK
  }

  private static final Pattern SLOT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final int MAX_VERSION = 64;
  private static final int MAX_SHOWN = 40;

  /**
   * From words: action, slot, and a version where one belongs.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public static Order of(List<String> words) {
    if (words.size() < 2 || words.size() > 3) {
      throw new IllegalArgumentException("an order has the form ACTION SLOT [VERSION]");
    }
    Action action = action(words.get(0));
    String slot = words.get(1);
    if (!SLOT.matcher(slot).matches()) {
      throw new IllegalArgumentException("'" + shown(slot) + "' is no name of a slot");
    }
    Optional<Version> version =
        words.size() == 3 ? Optional.of(version(words.get(2))) : Optional.empty();
    if (action == Action.PIN && version.isEmpty()) {
      throw new IllegalArgumentException("pin needs a version, such as 1.4.0");
    }
    if ((action == Action.UNPIN || action == Action.ROLLBACK) && version.isPresent()) {
      throw new IllegalArgumentException(words.get(0) + " takes no version");
    }
    return new Order(action, slot, version);
  }

  private static Action action(String word) {
    for (Action action : Action.values()) {
      if (action.name().toLowerCase(Locale.ROOT).equals(word)) {
        return action;
      }
    }
    String known =
        Arrays.stream(Action.values())
            .map(action -> action.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException("'" + shown(word) + "' is none of " + known);
  }

  private static Version version(String text) {
    try {
      if (text.length() <= MAX_VERSION) {
        return new Version(text);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new IllegalArgumentException("'" + shown(text) + "' is no version such as 1.4.0");
  }

  private static String shown(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7E]", "?");
    return plain.length() <= MAX_SHOWN ? plain : plain.substring(0, MAX_SHOWN) + "...";
  }
}
