// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;

/**
 * Passwords. In memory they are in clear, or sealed as a snapshot has them. Components and callers
 * of the configuration service get them as Kura gives them, sealed by the CryptoService, and
 * snapshots hold them so. Where there is none they are in clear, in snapshots in Base64.
 */
final class Secrets {
  private final Supplier<Optional<CryptoService>> crypto;

  Secrets(Supplier<Optional<CryptoService>> crypto) {
    this.crypto = crypto;
  }

  /**
   * Values as ConfigurationAdmin and so the components get them: passwords as texts.
   *
   * @param present what ConfigurationAdmin has: the same password is not encrypted anew, because
   *     that would look like a change
   */
  Map<String, Object> delivered(Map<String, Object> values, Map<String, Object> present)
      throws KuraException {
    Map<String, Object> delivered = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      delivered.put(
          entry.getKey(),
          delivered(entry.getValue(), Optional.ofNullable(present.get(entry.getKey()))));
    }
    return delivered;
  }

  private Object delivered(Object value, Optional<Object> present) throws KuraException {
    if (value instanceof Password password) {
      if (present.orElse("") instanceof String text && holds(text, password)) {
        return text;
      }
      return handedOut(password).toString();
    }
    if (value instanceof Password[] passwords) {
      String[] texts = new String[passwords.length];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = handedOut(passwords[i]).toString();
      }
      return texts;
    }
    return value;
  }

  private boolean holds(String encrypted, Password password) {
    return decrypted(encrypted.toCharArray())
        .filter(clear -> Arrays.equals(clear, clear(password).getPassword()))
        .isPresent();
  }

  private Optional<char[]> decrypted(char[] text) {
    Optional<CryptoService> service = crypto.get();
    if (service.isEmpty() || text.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(service.get().decryptAes(text.clone()));
    } catch (KuraException notEncrypted) {
      return Optional.empty();
    }
  }

  /** Values as callers of the configuration service get them: passwords as {@link Password}. */
  Map<String, Object> handedOut(Map<String, Object> values) throws KuraException {
    Map<String, Object> handed = new LinkedHashMap<>(values);
    for (Map.Entry<String, Object> entry : handed.entrySet()) {
      if (entry.getValue() instanceof Password password) {
        entry.setValue(handedOut(password));
      } else if (entry.getValue() instanceof Password[] passwords) {
        Password[] copy = new Password[passwords.length];
        for (int i = 0; i < copy.length; i++) {
          copy[i] = handedOut(passwords[i]);
        }
        entry.setValue(copy);
      }
    }
    return handed;
  }

  private Password handedOut(Password password) throws KuraException {
    Optional<CryptoService> service = crypto.get();
    if (service.isEmpty() || password.getPassword().length == 0) {
      return new Password(password.getPassword().clone());
    }
    if (SecretText.isSealed(password.toString())) {
      if (decrypted(password.getPassword()).isEmpty()) {
        throw new KuraException(
            KuraErrorCode.SECURITY_EXCEPTION,
            "a password was sealed with the secret of another device; set it again");
      }
      return new Password(password.getPassword().clone());
    }
    try {
      return new Password(service.get().encryptAes(password.getPassword().clone()));
    } catch (KuraException failed) {
      throw new KuraException(
          KuraErrorCode.SECURITY_EXCEPTION, failed, "a password could not be encrypted");
    }
  }

  /** Whether passwords can be sealed at present. */
  boolean canSeal() {
    return crypto.get().isPresent();
  }

  /** Whether a password of the component stands there so that others could read it. */
  static boolean anyOpen(StoredComponent component) {
    return component.properties().stream().anyMatch(Secrets::isOpen);
  }

  private static boolean isOpen(StoredProperty property) {
    return property.isSecret()
        && property.texts().stream().anyMatch(text -> !text.isBlank() && !sealed(property, text));
  }

  private static boolean sealed(StoredProperty property, String text) {
    return property.encrypted() && SecretText.isSealed(text.strip());
  }

  /** The component as it goes onto the disk: with its passwords sealed, where that is possible. */
  StoredComponent atRest(StoredComponent component) throws KuraException {
    if (!canSeal() || !anyOpen(component)) {
      return component;
    }
    List<StoredProperty> properties = new ArrayList<>();
    for (StoredProperty property : component.properties()) {
      properties.add(isOpen(property) ? atRest(property) : property);
    }
    return new StoredComponent(component.pid(), component.line(), properties);
  }

  private StoredProperty atRest(StoredProperty property) throws KuraException {
    List<String> texts = new ArrayList<>();
    for (String text : property.texts()) {
      if (text.isBlank() || sealed(property, text)) {
        texts.add(text);
        continue;
      }
      try {
        Password clear = new Password(property.encrypted() ? SecretText.read(text) : text);
        texts.add(SecretText.written(handedOut(clear).toString()));
      } catch (IllegalArgumentException noBase64) {
        return property; // no password in there; the component is refused for it
      }
    }
    return new StoredProperty(
        property.key(), property.type(), property.array(), true, texts, property.line());
  }

  /** Values as a caller hands them in: a password may be in clear or as it was handed out. */
  Map<String, Object> takenIn(Map<String, Object> values) {
    Map<String, Object> taken = new LinkedHashMap<>(values);
    taken.replaceAll((key, value) -> takenIn(value));
    return taken;
  }

  private Object takenIn(Object value) {
    if (value instanceof Password password) {
      return clear(password);
    }
    if (value instanceof Password[] passwords) {
      Password[] clear = new Password[passwords.length];
      for (int i = 0; i < clear.length; i++) {
        clear[i] = clear(passwords[i]);
      }
      return clear;
    }
    return value;
  }

  private Password clear(Password password) {
    return new Password(decrypted(password.getPassword()).orElse(password.getPassword().clone()));
  }

  /** Whether one of the values is a password that is not empty. */
  static boolean anyIn(Map<String, Object> values) {
    return values.values().stream()
        .flatMap(value -> ValueText.elements(value).stream())
        .anyMatch(value -> value instanceof Password password && password.getPassword().length > 0);
  }
}
