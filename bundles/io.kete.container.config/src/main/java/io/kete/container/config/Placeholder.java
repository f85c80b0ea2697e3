// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.Password;

/**
 * What stands for a stored password in what consoles get. Sent back it means: leave the password as
 * it is.
 */
final class Placeholder {

  /** The text a console gets, for every password that is not empty. */
  static final String TEXT = "Placeholder#unchanged";

  private Placeholder() {}

  /** Values in which nobody can read a password. */
  static Map<String, Object> masked(Map<String, Object> values) {
    Map<String, Object> masked = new LinkedHashMap<>(values);
    masked.replaceAll((key, value) -> masked(value));
    return masked;
  }

  private static Object masked(Object value) {
    if (value instanceof Password password) {
      return masked(password);
    }
    if (value instanceof Password[] passwords) {
      Password[] masked = new Password[passwords.length];
      for (int i = 0; i < masked.length; i++) {
        masked[i] = masked(passwords[i]);
      }
      return masked;
    }
    return value;
  }

  private static Password masked(Password password) {
    return new Password(password.getPassword().length == 0 ? "" : TEXT);
  }

  /** A component out of a snapshot in which nobody can read a password. */
  static StoredComponent masked(StoredComponent component) {
    return new StoredComponent(
        component.pid(),
        component.line(),
        component.properties().stream().map(Placeholder::masked).toList());
  }

  private static StoredProperty masked(StoredProperty property) {
    if (!property.isSecret()) {
      return property;
    }
    List<String> texts =
        property.texts().stream()
            .map(text -> text.isBlank() ? "" : SecretText.written(TEXT))
            .toList();
    return new StoredProperty(
        property.key(), property.type(), property.array(), true, texts, property.line());
  }

  /**
   * Values with the stored passwords in the places of placeholders; empty when there is no stored
   * password to keep.
   *
   * @param stored the values the component has now
   */
  static Optional<Object> filled(Object value, Optional<Object> stored) {
    if (value instanceof Password password && isPlaceholder(password)) {
      return stored.filter(Password.class::isInstance);
    }
    if (value instanceof Password[] passwords) {
      Password[] filled = passwords.clone();
      for (int i = 0; i < filled.length; i++) {
        if (!isPlaceholder(filled[i])) {
          continue;
        }
        if (!(stored.orElse("") instanceof Password[] known) || known.length <= i) {
          return Optional.empty();
        }
        filled[i] = known[i];
      }
      return Optional.of(filled);
    }
    return Optional.of(value);
  }

  private static boolean isPlaceholder(Password password) {
    return TEXT.equals(password.toString());
  }
}
