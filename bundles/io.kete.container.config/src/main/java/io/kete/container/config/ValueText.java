// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.Scalar;

/** Configuration values and their texts. */
final class ValueText {
  private static final Map<Scalar, Class<?>> CLASSES =
      Map.of(
          Scalar.STRING, String.class,
          Scalar.LONG, Long.class,
          Scalar.DOUBLE, Double.class,
          Scalar.FLOAT, Float.class,
          Scalar.INTEGER, Integer.class,
          Scalar.BYTE, Byte.class,
          Scalar.CHAR, Character.class,
          Scalar.BOOLEAN, Boolean.class,
          Scalar.SHORT, Short.class,
          Scalar.PASSWORD, Password.class);

  private static final Pattern ESCAPED = Pattern.compile("\\\\([,\\\\\\s])");

  private ValueText() {}

  /** The type of that name. */
  static Optional<Scalar> type(String name) {
    try {
      return Optional.of(Scalar.fromValue(name.strip()));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /**
   * The type a value has, element type for an array; empty when it is none a configuration may
   * have.
   */
  static Optional<Scalar> typeOf(Object value) {
    Class<?> type = value.getClass();
    Class<?> single = type.isArray() ? type.getComponentType() : type;
    return CLASSES.entrySet().stream()
        .filter(entry -> entry.getValue() == single)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The value of a text; empty when the text is none of that type. */
  static Optional<Object> parse(Scalar type, String text) {
    String plain = text.strip();
    try {
      return switch (type) {
        case STRING -> Optional.of(text);
        case PASSWORD -> Optional.of(new Password(text));
        case LONG -> Optional.of(Long.valueOf(plain));
        case INTEGER -> Optional.of(Integer.valueOf(plain));
        case SHORT -> Optional.of(Short.valueOf(plain));
        case BYTE -> Optional.of(Byte.valueOf(plain));
        case DOUBLE -> Optional.of(Double.valueOf(plain));
        case FLOAT -> Optional.of(Float.valueOf(plain));
        case CHAR -> text.length() == 1 ? Optional.of(text.charAt(0)) : Optional.empty();
        case BOOLEAN -> truth(plain);
      };
    } catch (NumberFormatException wrong) {
      return Optional.empty();
    }
  }

  private static Optional<Object> truth(String text) {
    if (text.equalsIgnoreCase("true")) {
      return Optional.of(true);
    }
    return text.equalsIgnoreCase("false") ? Optional.of(false) : Optional.empty();
  }

  /** The values of texts as an array; empty when one of them is none of that type. */
  static Optional<Object> parse(Scalar type, List<String> texts) {
    Object[] values =
        (Object[]) Array.newInstance(CLASSES.getOrDefault(type, String.class), texts.size());
    for (int i = 0; i < values.length; i++) {
      Optional<Object> value = parse(type, texts.get(i));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values[i] = value.get();
    }
    return Optional.of(values);
  }

  /** The single values of a value: itself, or the elements of an array. */
  static List<Object> elements(Object value) {
    if (!value.getClass().isArray()) {
      return List.of(value);
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      elements.add(Array.get(value, i));
    }
    return elements;
  }

  /** The default of an attribute; empty when it has none, or one that is not of its type. */
  static Optional<Object> fallback(Metatype.Attribute attribute) {
    String text = attribute.fallback();
    if (text == null) {
      return Optional.empty();
    }
    if (!attribute.many()) {
      return parse(attribute.type(), unescaped(text));
    }
    return parse(attribute.type(), text.isEmpty() ? List.of() : split(text));
  }

  /**
   * Comma, backslash and blank may be escaped, and bnd does; before other characters a backslash is
   * itself.
   */
  private static String unescaped(String text) {
    return ESCAPED.matcher(text).replaceAll("$1");
  }

  /** The parts between commas that are not escaped. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == ',') {
        parts.add(unescaped(text.substring(begin, i).strip()));
        begin = i + 1;
      }
    }
    parts.add(unescaped(text.substring(begin).strip()));
    return parts;
  }
}
