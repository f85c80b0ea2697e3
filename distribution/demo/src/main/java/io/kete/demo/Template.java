// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with placeholders {@code @name@}. */
final class Template {

  private static final Pattern PLACEHOLDER = Pattern.compile("@([a-z][a-z.]*)@");

  private Template() {}

  /** Fills a file; values go into an XML file escaped. */
  static String fill(Path file, Map<String, String> values) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    boolean xml = file.toString().endsWith(".xml");
    StringBuilder filled = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        long line = text.substring(0, matcher.start()).lines().count();
        throw new IOException(file + ": line " + line + ": unknown placeholder " + matcher.group());
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(xml ? escaped(value) : value));
    }
    return matcher.appendTail(filled).toString();
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
