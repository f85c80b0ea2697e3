// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import io.kete.container.config.Metatype.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;

/** Turns stored properties into values and holds values against a definition. */
final class PropertyCheck {

  private PropertyCheck() {}

  /** The values of stored properties, by the types that stand beside them. */
  static Checked typed(StoredComponent component) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Fault> faults = new ArrayList<>();
    for (StoredProperty property : component.properties()) {
      Optional<Scalar> type = ValueText.type(property.type());
      if (type.isEmpty()) {
        faults.add(fault(property, "type " + Keys.shown(property.type()) + " is unknown"));
        continue;
      }
      if (property.texts().isEmpty() && !property.array()) {
        continue;
      }
      value(property, type.get())
          .ifPresentOrElse(
              value -> values.put(property.key(), value),
              () -> faults.add(fault(property, "the value is not of type " + property.type())));
    }
    return new Checked(values, faults);
  }

  private static Optional<Object> value(StoredProperty property, Scalar type) {
    List<String> texts = property.texts();
    if (type == Scalar.PASSWORD && property.encrypted()) {
      try {
        texts = texts.stream().map(SecretText::read).toList();
      } catch (IllegalArgumentException notBase64) {
        return Optional.empty();
      }
    }
    if (property.array()) {
      return ValueText.parse(type, texts);
    }
    return texts.size() == 1 ? ValueText.parse(type, texts.get(0)) : Optional.empty();
  }

  private static Fault fault(StoredProperty property, String reason) {
    return new Fault(property.key(), property.line(), reason, true);
  }

  /**
   * Holds values against a definition: unknown keys are left out, wrong ones refused.
   *
   * @param lines where the keys stand, for messages; keys may be missing
   */
  static Checked against(
      Metatype metatype, Map<String, Object> values, Map<String, Integer> lines) {
    Map<String, Object> right = new LinkedHashMap<>();
    List<Fault> faults = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          Optional<Attribute> attribute = metatype.attribute(key);
          int line = lines.getOrDefault(key, 0);
          if (attribute.isEmpty()) {
            if (!Keys.needsNoDefinition(key)) {
              faults.add(new Fault(key, line, "the key is unknown", false));
            } else if (ValueText.typeOf(value).isEmpty()) {
              faults.add(new Fault(key, line, "a value of this class cannot be stored", true));
            } else {
              right.put(key, value);
            }
            return;
          }
          objection(attribute.get(), value)
              .ifPresentOrElse(
                  reason -> faults.add(new Fault(key, line, reason, true)),
                  () -> right.put(key, value));
        });
    for (Attribute attribute : metatype.definition().attributes()) {
      if (attribute.required()
          && attribute.fallback() == null
          && !values.containsKey(attribute.id())) {
        faults.add(new Fault(attribute.id(), 0, "a value is required", true));
      }
    }
    return new Checked(right, faults);
  }

  /** What is wrong with a value; empty when nothing. */
  static Optional<String> objection(Attribute attribute, Object value) {
    if (value.getClass().isArray() != attribute.many()) {
      return Optional.of(attribute.many() ? "must be an array" : "must be one value, no array");
    }
    if (ValueText.typeOf(value).filter(type -> type == attribute.type()).isEmpty()) {
      return Optional.of("must be of type " + attribute.type().value());
    }
    List<Object> elements = ValueText.elements(value);
    if (attribute.many() && elements.size() > Math.abs((long) attribute.cardinality())) {
      return Optional.of("must have at most " + attribute.cardinality() + " values");
    }
    for (Object element : elements) {
      if (element == null) {
        return Optional.of("must not hold a missing value");
      }
      Optional<String> objection = single(attribute, element);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> single(Attribute attribute, Object value) {
    if (!attribute.choices().isEmpty()
        && attribute.choices().stream().noneMatch(choice -> chosen(attribute, choice, value))) {
      return Optional.of(
          "must be one of " + attribute.choices().stream().map(Metatype.Choice::value).toList());
    }
    return outside(attribute, value) ? Optional.of(range(attribute, value)) : Optional.empty();
  }

  private static boolean chosen(Attribute attribute, Metatype.Choice choice, Object value) {
    return ValueText.parse(attribute.type(), choice.value()).filter(value::equals).isPresent();
  }

  /** For texts the range is one of lengths, as the OSGi metatype says. */
  private static String range(Attribute attribute, Object value) {
    String what = value instanceof Number ? "must be" : "must have a length";
    String min = attribute.min();
    String max = attribute.max();
    if (min == null) {
      return what + " of at most " + max;
    }
    return max == null ? what + " of at least " + min : what + " between " + min + " and " + max;
  }

  private static boolean outside(Attribute attribute, Object value) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      long number = ((Number) value).longValue();
      return bound(Scalar.LONG, attribute.min()).filter(min -> number < (Long) min).isPresent()
          || bound(Scalar.LONG, attribute.max()).filter(max -> number > (Long) max).isPresent();
    }
    if (value instanceof Number number) {
      double real = number.doubleValue();
      return bound(Scalar.DOUBLE, attribute.min())
              .filter(min -> !(real >= (Double) min))
              .isPresent()
          || bound(Scalar.DOUBLE, attribute.max())
              .filter(max -> !(real <= (Double) max))
              .isPresent();
    }
    if (value instanceof Password password && SecretText.isSealed(password.toString())) {
      return false; // its length was checked before it was sealed
    }
    if (value instanceof String || value instanceof Password) {
      long length = value.toString().length();
      return bound(Scalar.LONG, attribute.min()).filter(min -> length < (Long) min).isPresent()
          || bound(Scalar.LONG, attribute.max()).filter(max -> length > (Long) max).isPresent();
    }
    return false;
  }

  private static Optional<Object> bound(Scalar type, @Nullable String text) {
    return text == null ? Optional.empty() : ValueText.parse(type, text);
  }
}
