// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report as a page for people: problems first, then a card per area. Everything shown is escaped.
 */
final class PageForm {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <noscript><meta http-equiv="refresh" content="5"></noscript>
      <title>Kete gateway</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="page.css">
      <script src="page.js" defer></script>
      </head>
      <body>
      """;
  private static final int MEGA = 1024 * 1024;

  private final StringBuilder page = new StringBuilder(HEAD);

  private PageForm() {}

  static String of(Report report) {
    PageForm form = new PageForm();
    form.page.append("<main>\n");
    form.header(report);
    form.problems(report.problems());
    form.page.append("<div class=\"cards\">\n");
    report.areas().forEach(form::card);
    return form.page.append("</div>\n</main>\n</body>\n</html>\n").toString();
  }

  private void header(Report report) {
    int count = report.problems().size();
    String verdict =
        count == 0
            ? "All is well"
            : count == 1 ? "1 thing to look at" : count + " things to look at";
    page.append("<header class=\"").append(count == 0 ? "well" : "ill").append("\">\n");
    page.append("<h1>Kete gateway</h1>\n<p class=\"verdict\">").append(verdict);
    page.append("</p>\n<p class=\"time\">").append(escaped(shortTime(report))).append("</p>\n");
    page.append("</header>\n");
  }

  private static String shortTime(Report report) {
    return report.time().toString().replaceFirst("T(\\d\\d:\\d\\d:\\d\\d).*", " $1 UTC");
  }

  private void problems(List<String> problems) {
    if (problems.isEmpty()) {
      return;
    }
    page.append("<ul class=\"problems\">\n");
    problems.forEach(text -> page.append("<li>").append(escaped(text)).append("</li>\n"));
    page.append("</ul>\n");
  }

  private void card(Area area) {
    page.append("<section").append(area.problems().isEmpty() ? "" : " class=\"ill\"");
    page.append("><h2>").append(escaped(area.name())).append("</h2>\n<table>\n");
    rows("", area.facts());
    page.append("</table></section>\n");
  }

  private void rows(String prefix, Map<?, ?> facts) {
    facts.forEach(
        (key, value) -> {
          String name = prefix + String.valueOf(key).replace('_', ' ');
          if (value instanceof Map<?, ?> map) {
            rows(name + " / ", map);
            return;
          }
          page.append("<tr><th>").append(escaped(name)).append("</th><td");
          page.append(value instanceof Number ? " class=\"n\">" : ">");
          page.append(escaped(shown(String.valueOf(key), value))).append("</td></tr>\n");
        });
  }

  private static String shown(String key, Object value) {
    if (value instanceof Long number) {
      return key.endsWith("_bytes")
          ? String.format(Locale.ROOT, "%.1f MB", (double) number / MEGA)
          : String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }
    if (value instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.3f", number)
        : String.valueOf(value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
