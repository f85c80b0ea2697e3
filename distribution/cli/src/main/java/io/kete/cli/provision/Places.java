// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with places to fill: {@code @name@} for a value, {@code @routes/FILE@} for a route. */
final class Places {

  private static final Pattern VALUE = Pattern.compile("@([a-z][a-z0-9.-]{0,60})@");
  private static final Pattern ROUTE = Pattern.compile("@(routes/[\\w.-]+)@");

  private Places() {}

  /** The names of the values a text asks for. */
  static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  static int count(String text, String name) {
    int count = 0;
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        count++;
      }
    }
    return count;
  }

  /** Whether a text is one place and nothing else. */
  static boolean isOnePlace(String text) {
    return VALUE.matcher(text.strip()).matches();
  }

  /**
   * Puts the routes into their places, as text of an XML file; the places in them are kept.
   *
   * @param routes by name, each of which has to be used
   */
  static String withRoutes(String xml, Map<String, String> routes) throws ProvisionException {
    Set<String> unused = new TreeSet<>(routes.keySet());
    StringBuilder filled = new StringBuilder();
    Matcher matcher = ROUTE.matcher(xml);
    while (matcher.find()) {
      String route = routes.get(matcher.group(1));
      if (route == null) {
        throw new ProvisionException(at(xml, matcher) + matcher.group(1) + " is missing");
      }
      unused.remove(matcher.group(1));
      matcher.appendReplacement(filled, Matcher.quoteReplacement(escaped(route)));
    }
    if (!unused.isEmpty()) {
      throw new ProvisionException(
          unused + " stand nowhere in " + GatewayFolder.SNAPSHOT + "; write @routes/FILE@ there");
    }
    return matcher.appendTail(filled).toString();
  }

  /** Fills every place of an XML file. */
  static String filled(String xml, Map<String, String> values) throws ProvisionException {
    StringBuilder filled = new StringBuilder();
    List<String> missing = new ArrayList<>();
    Matcher matcher = VALUE.matcher(xml);
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        missing.add(
            at(xml, matcher)
                + "no value for "
                + matcher.group()
                + "; give it in gateway.json, or in a file of secrets if it is one");
      } else {
        matcher.appendReplacement(filled, Matcher.quoteReplacement(escaped(value)));
      }
    }
    if (!missing.isEmpty()) {
      throw new ProvisionException(missing);
    }
    return matcher.appendTail(filled).toString();
  }

  private static String at(String xml, Matcher matcher) {
    long line = xml.substring(0, matcher.start()).lines().count();
    return GatewayFolder.SNAPSHOT + ":" + Math.max(1, line) + ": ";
  }

  /** On one line, so that what is said about the filled document has the lines of the open one. */
  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\r", "&#13;")
        .replace("\n", "&#10;");
  }
}
