// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

/**
 * A pattern for names: {@code *} stands for any characters, {@code ?} for one, everything else for
 * itself.
 *
 * @param pattern at most {@link #MAX_LENGTH} characters
 */
public record Glob(String pattern) {

  /** Longest pattern. */
  public static final int MAX_LENGTH = 256;

  static final Glob ANY = new Glob("*");

  public Glob {
    if (pattern.isEmpty() || pattern.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a pattern has 1 to " + MAX_LENGTH + " characters");
    }
  }

  /** Whether the pattern has no wildcard. */
  public boolean isLiteral() {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  /** Whether the name fits the pattern. */
  public boolean matches(String name) {
    return fits(name, false);
  }

  /** Whether every name that fits the other pattern fits this one. Never wrong when it says yes. */
  public boolean covers(Glob other) {
    return fits(other.pattern, true);
  }

  /** Goes back to the last star only, so the work is bounded by the product of the two lengths. */
  private boolean fits(String text, boolean textIsPattern) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && one(pattern.charAt(p), text.charAt(t), textIsPattern)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean one(char wanted, char found, boolean textIsPattern) {
    if (textIsPattern && (found == '*' || found == '?')) {
      return wanted == '?' && found == '?';
    }
    return wanted == '?' || wanted == found;
  }
}
