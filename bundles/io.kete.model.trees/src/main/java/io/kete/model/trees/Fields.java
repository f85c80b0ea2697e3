// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import io.kete.model.trees.CompactJson.FormException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The members of a JSON object; each must be asked for before {@link #end()}. */
final class Fields {

  private final String where;
  private final Map<?, ?> members;
  private final Set<Object> open;

  Fields(String where, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new FormException(where + " is not an object");
    }
    this.where = where;
    this.members = map;
    this.open = new HashSet<>(map.keySet());
  }

  String text(String key) {
    if (member(key) instanceof String text) {
      return text;
    }
    throw wrong(key, "a text");
  }

  <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    String text = text(key);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw wrong(
        key, "one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
  }

  double number(String key) {
    if (member(key) instanceof Double number) {
      return number;
    }
    throw wrong(key, "a number");
  }

  int whole(String key, int min, int max) {
    double number = number(key);
    if (number != Math.rint(number) || number < min || number > max) {
      throw wrong(key, "a whole number from " + min + " to " + max);
    }
    return (int) number;
  }

  double[] numbers(String key, int length) {
    if (member(key) instanceof double[] numbers && numbers.length == length) {
      return numbers;
    }
    throw wrong(key, "an array of " + length + " numbers");
  }

  double[] numbers(String key) {
    if (member(key) instanceof double[] numbers && numbers.length > 0) {
      return numbers;
    }
    throw wrong(key, "an array of numbers");
  }

  List<?> objects(String key) {
    if (member(key) instanceof List<?> objects) {
      return objects;
    }
    throw wrong(key, "an array of objects");
  }

  /** Refuses members that nobody asked for. */
  void end() {
    if (!open.isEmpty()) {
      throw new FormException(where + " has " + open.size() + " unknown keys");
    }
  }

  private Object member(String key) {
    open.remove(key);
    Object member = members.get(key);
    if (member == null) {
      throw new FormException(where + " has no " + key);
    }
    return member;
  }

  private FormException wrong(String key, String expected) {
    return new FormException(where + ": " + key + " is not " + expected);
  }
}
