// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.option;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of one end point. Each getter takes its option out; {@link #finish} refuses what is
 * left. Every refusal names the end point, the option and what is allowed.
 */
public final class Options {
  private final String endpoint;
  private final Map<String, Object> left;
  private final Set<String> known = new TreeSet<>();

  /** Takes over the map and empties it. */
  public Options(String endpoint, Map<String, Object> parameters) {
    this.endpoint = endpoint;
    this.left = parameters;
  }

  /** A text, or the default when it is absent or blank. */
  public String text(String name, String byDefault) {
    String given = take(name);
    return given == null ? byDefault : given;
  }

  /** A whole number within bounds, both allowed. */
  public int whole(String name, int least, int most, int byDefault) {
    String given = take(name);
    if (given == null) {
      return byDefault;
    }
    try {
      int number = Integer.parseInt(given);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notWhole) {
      // refused below, like a number out of bounds
    }
    throw refused(name, given, "a whole number from " + least + " to " + most);
  }

  /** A finite number, or empty when the option is absent. */
  public OptionalDouble number(String name) {
    return numberFrom(name, Double.NEGATIVE_INFINITY, "a number");
  }

  /** A finite number that is not negative, or empty when the option is absent. */
  public OptionalDouble size(String name) {
    return numberFrom(name, 0, "a number that is not negative");
  }

  private OptionalDouble numberFrom(String name, double least, String allowed) {
    String given = take(name);
    if (given == null) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(given);
      if (Double.isFinite(number) && number >= least) {
        return OptionalDouble.of(number);
      }
    } catch (NumberFormatException notNumber) {
      // refused below, like a number out of bounds
    }
    throw refused(name, given, allowed);
  }

  /** One of a few words; upper and lower case are the same. */
  public String oneOf(String name, Collection<String> words, String byDefault) {
    String given = take(name);
    if (given == null) {
      return byDefault;
    }
    String word = given.toLowerCase(Locale.ROOT);
    if (words.contains(word)) {
      return word;
    }
    throw refused(name, given, "one of " + String.join(", ", words));
  }

  /** Refuses every option that nobody took. */
  public void finish() {
    if (!left.isEmpty()) {
      String unknown = String.join(", ", new TreeSet<>(left.keySet()));
      String allowed = known.isEmpty() ? "it has none" : "allowed are " + String.join(", ", known);
      throw new IllegalArgumentException(endpoint + " knows no option " + unknown + "; " + allowed);
    }
  }

  /** An error about several options at once. */
  public IllegalArgumentException contradiction(String sentence) {
    return new IllegalArgumentException(endpoint + " " + sentence);
  }

  private IllegalArgumentException refused(String name, String given, String allowed) {
    return new IllegalArgumentException(
        endpoint + ": option " + name + " must be " + allowed + " but is '" + given + "'");
  }

  private @Nullable String take(String name) {
    known.add(name);
    Object given = left.remove(name);
    if (given == null || given.toString().isBlank()) {
      return null;
    }
    return given.toString().strip();
  }
}
