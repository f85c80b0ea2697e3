// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.option;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Names of channels: a comma list of names and globs, where {@code *} is any run of characters and
 * {@code ?} any one.
 */
public final class ChannelPattern implements Predicate<String> {
  private final Set<String> names = new HashSet<>();
  private final List<Pattern> globs = new ArrayList<>();
  private final boolean all;

  /**
   * Every character but comma, star and question mark stands for itself; blanks around a comma do
   * not count.
   */
  public ChannelPattern(String list) {
    boolean everything = false;
    for (String part : list.split(",", -1)) {
      String name = part.strip();
      if (name.equals("*")) {
        everything = true;
      } else if (name.indexOf('*') >= 0 || name.indexOf('?') >= 0) {
        globs.add(glob(name));
      } else if (!name.isEmpty()) {
        names.add(name);
      }
    }
    all = everything;
  }

  private static Pattern glob(String name) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  @Override
  public boolean test(String channel) {
    if (all || names.contains(channel)) {
      return true;
    }
    for (Pattern glob : globs) {
      if (glob.matcher(channel).matches()) {
        return true;
      }
    }
    return false;
  }
}
