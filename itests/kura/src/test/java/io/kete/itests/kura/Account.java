// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A ledger record as docs/record.md has it.
 *
 * @param metrics all of them
 * @param entries the numbers by name
 */
record Account(Map<String, Object> metrics, Map<String, Long> entries) {

  private static final String PREFIX = "kete.ledger.";
  private static final Set<String> TEXTS =
      Set.of("kete.record", "kete.stream", "kete.ledger", "kete.ledger.name");

  static boolean is(Map<String, Object> metrics) {
    return String.valueOf(metrics.get("kete.record")).startsWith("ledger/");
  }

  static Account read(Map<String, Object> metrics) {
    Map<String, Long> entries = new TreeMap<>();
    metrics.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && value instanceof Long number) {
            entries.put(name.substring(PREFIX.length()), number);
          }
        });
    return new Account(metrics, entries);
  }

  /** Whose it is. */
  String owner() {
    return metrics.get("kete.ledger") + " " + metrics.get("kete.ledger.name");
  }

  /** 0 for a route. */
  long delivered() {
    return entries.getOrDefault("delivered", 0L);
  }

  /** Nothing but texts and entries, and the entries add up. */
  void assertWellFormed() {
    assertThat(metrics).containsEntry("kete.record", "ledger/1");
    assertThat(TEXTS)
        .allSatisfy(name -> assertThat(metrics.get(name)).as(name).isInstanceOf(String.class));
    assertThat(metrics).as("texts and numbers only").hasSize(TEXTS.size() + entries.size());
    assertThat(entries.values()).allMatch(number -> number >= 0);
    boolean ofStream = "stream".equals(metrics.get("kete.ledger"));
    if (ofStream) {
      assertThat(metrics).containsEntry("kete.ledger.name", metrics.get("kete.stream"));
      assertEven("accepted", List.of("delivered", "buffered"), "dropped.");
    } else {
      assertThat(metrics).containsEntry("kete.ledger", "route");
      assertEven("captured", List.of("accepted", "filtered", "absorbed", "inRoute"), "failed.");
    }
  }

  private void assertEven(String whole, List<String> parts, String byReason) {
    assertThat(entries).as(owner()).containsKey(whole).containsKeys(parts.toArray(new String[0]));
    long sum =
        entries.entrySet().stream()
            .filter(entry -> parts.contains(entry.getKey()) || entry.getKey().startsWith(byReason))
            .mapToLong(Map.Entry::getValue)
            .sum();
    assertThat(sum).as(owner() + " adds up").isEqualTo(entries.get(whole));
  }
}
