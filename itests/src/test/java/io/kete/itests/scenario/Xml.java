// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lists of DEPLOY-V2 as a plain test needs them. */
final class Xml {

  private Xml() {}

  /** The versions under which a name stands in a list. */
  static List<String> versions(String xml, String element, String name) {
    return found(xml, "<" + element + "><name>" + Pattern.quote(name) + "</name><version>([^<]*)<");
  }

  /** {@code version state} of each bundle of that name in the list of bundles. */
  static List<String> states(String xml, String bundle) {
    List<String> states = new ArrayList<>();
    Matcher matcher =
        Pattern.compile(
                "<name>"
                    + Pattern.quote(bundle)
                    + "</name><version>([^<]*)</version><id>\\d+</id><state>([^<]*)<")
            .matcher(xml);
    while (matcher.find()) {
      states.add(matcher.group(1) + " " + matcher.group(2));
    }
    return states;
  }

  private static List<String> found(String xml, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(xml);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
