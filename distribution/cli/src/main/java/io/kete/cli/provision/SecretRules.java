// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import io.kete.container.config.OfflineConfiguration;
import io.kete.container.config.OfflineConfiguration.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where secrets may stand: in the places of passwords, filled from the file of secrets of one
 * gateway; never in a template, nor in a table that makes many gateways of it.
 */
final class SecretRules {

  private static final Pattern LOGIN_IN_URL = Pattern.compile("://[^/@\\s]*:[^/@\\s]+@");
  private static final Pattern KEY_FILE = Pattern.compile(".*\\.(p12|pfx|jks|key)");
  private static final String PRIVATE_KEY = "PRIVATE KEY-----";

  private SecretRules() {}

  /** The names of the values that stand in properties of the type of passwords. */
  static Set<String> places(OfflineConfiguration open) {
    Set<String> names = new TreeSet<>();
    open.properties().stream()
        .filter(Property::secret)
        .forEach(property -> property.texts().forEach(text -> names.addAll(Places.names(text))));
    return names;
  }

  /**
   * Secrets that would stand in a property that is no password: it would be shown and stored in
   * clear.
   *
   * @param xml the document with its places open
   */
  static List<String> misplaced(OfflineConfiguration open, String xml, Set<String> secrets) {
    List<String> found = new ArrayList<>();
    for (String secret : secrets) {
      int asPassword =
          open.properties().stream()
              .filter(Property::secret)
              .flatMap(property -> property.texts().stream())
              .mapToInt(text -> Places.count(text, secret))
              .sum();
      if (Places.count(xml, secret) > asPassword) {
        found.add(
            "the secret @"
                + secret
                + "@ stands outside a property of the type Password in "
                + GatewayFolder.SNAPSHOT);
      }
    }
    return found;
  }

  /** What keeps a directory from being a template. */
  static List<String> inTemplate(
      GatewayFolder folder, Manifest manifest, OfflineConfiguration open) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : folder.files().entrySet()) {
      String name = file.getKey();
      if (name.equals(GatewayFolder.SECRETS)) {
        found.add(name + " holds secrets; give them to each gateway with --secrets");
      } else if (KEY_FILE.matcher(name.toLowerCase(Locale.ROOT)).matches()
          || new String(file.getValue(), StandardCharsets.ISO_8859_1).contains(PRIVATE_KEY)) {
        found.add(name + " holds a private key; each gateway has its own");
      }
    }
    for (Property property : open.properties()) {
      for (String text : property.texts()) {
        String where = GatewayFolder.SNAPSHOT + ":" + property.line() + ": " + property + " holds ";
        if (property.secret() && !text.isBlank() && !Places.isOnePlace(text)) {
          found.add(where + "a password; write @name@ there");
        } else if (LOGIN_IN_URL.matcher(text).find()) {
          found.add(where + "a password in an address; use the property for passwords");
        }
      }
    }
    found.addAll(given(open, manifest.values().keySet(), GatewayFolder.MANIFEST));
    return found;
  }

  /** Values that fill places of passwords, in a file that is no file of secrets. */
  static List<String> given(OfflineConfiguration open, Set<String> values, String file) {
    return places(open).stream()
        .filter(values::contains)
        .map(name -> file + " gives the secret @" + name + "@; it belongs into a file of secrets")
        .toList();
  }
}
