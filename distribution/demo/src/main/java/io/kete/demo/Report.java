// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import io.kete.demo.centre.Comparison;
import io.kete.demo.centre.Reception;
import io.kete.demo.centre.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came out of a run.
 *
 * @param status the gateway's last word about itself; for information
 * @param received numbers of the centre
 * @param faults what is wrong with the stream in itself
 * @param comparison of the centre's samples with the device's
 * @param scores what the centre has of models
 * @param offers what the gateway told about the models that were ordered
 * @param secretsOnDisk files of the gateway in which a secret value was found in clear
 * @param firstSampleMillis from the start of the gateway's process to the first delivered sample
 * @param residentBytes most memory the gateway's process had resident
 */
record Report(
    Optional<GatewayStatus> status,
    Reception.Counts received,
    List<String> faults,
    Comparison.Result comparison,
    Scores.Result scores,
    List<String> offers,
    List<String> secretsOnDisk,
    long firstSampleMillis,
    long residentBytes) {

  private static final String ROUTE = "route." + Plan.ROUTE;
  private static final String STREAM = "buffer." + Plan.STREAM;

  Report {
    faults = List.copyOf(faults);
    offers = List.copyOf(offers);
    secretsOnDisk = List.copyOf(secretsOnDisk);
  }

  /** Whether everything the device served arrived, and nothing else was seen. */
  boolean holds() {
    return comparison.holds()
        && scores.differences().isEmpty()
        && faults.isEmpty()
        && secretsOnDisk.isEmpty()
        && received.sealedBlocks() > 0;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    status.ifPresent(present -> ledgers(lines, present));
    lines.add("Models that were ordered (DEPLOY-V2 over the broker)");
    offers.forEach(offer -> lines.add("  " + offer));
    comparison(lines);
    if (received.sealedBlocks() == 0) {
      lines.add("  ! nothing arrived sealed");
    }
    faults.forEach(fault -> lines.add("  ! " + fault));
    scores.differences().forEach(difference -> lines.add("  ! " + difference));
    comparison.differences().forEach(difference -> lines.add("  ! " + difference));
    secretsOnDisk.forEach(file -> lines.add("  ! secret in clear in " + file));
    lines.add("");
    lines.add(
        holds()
            ? "PASSED: everything arrived, exact, each sample once, and every one scored since a model served"
            : "FAILED: see the lines that begin with !");
    return lines;
  }

  private void comparison(List<String> lines) {
    lines.add("Independent comparison: device's own file against what the centre received");
    number(lines, "served", comparison.served(), "by the device");
    number(
        lines,
        "received",
        comparison.exact(),
        "exact and in order, %d values compared; %d second copies dropped",
        comparison.values(),
        received.duplicates());
    number(lines, "missing", comparison.missing(), "");
    number(
        lines, "deadband", comparison.suppressed(), "values held back, largest error %s", bounds());
    number(
        lines,
        "sealed",
        received.sealedBlocks(),
        "blocks opened with the centre's key; in clear on the wire: %d, on the gateway's disk: %d",
        received.leaks(),
        secretsOnDisk.size());
    models(lines);
    gateway(lines);
  }

  private void models(List<String> lines) {
    number(
        lines,
        "scored",
        scores.scored(),
        "by versions %s; swaps %d, unscored since the first %d, before it %d",
        scores.versions(),
        scores.swaps(),
        scores.unscored(),
        scores.before());
    scores
        .refusals()
        .forEach(
            (version, reason) -> lines.add("  refused   model " + version + " because " + reason));
  }

  private void gateway(List<String> lines) {
    number(
        lines,
        "time",
        comparison.largestDelayMillis(),
        "ms at most from the device's own time to the captured one");
    number(
        lines,
        "gateway",
        firstSampleMillis,
        "ms from its start to the first delivered sample, at most %d MB resident (bound 185)",
        residentBytes >> 20);
    if (comparison.unread() > 0) {
      number(
          lines,
          "unread",
          comparison.unread(),
          "samples without values, marked BAD, after the device stopped");
    }
  }

  private static void number(
      List<String> lines, String name, long number, String text, Object... values) {
    lines.add(
        String.format(Locale.ROOT, "  %-8s  %6d  ", name, number)
            + String.format(Locale.ROOT, text, values));
  }

  private String bounds() {
    StringBuilder bounds = new StringBuilder();
    new TreeMap<>(Plan.DEADBANDS)
        .forEach(
            (channel, bound) ->
                bounds
                    .append(bounds.isEmpty() ? "" : ", ")
                    .append(channel)
                    .append(
                        String.format(
                            Locale.ROOT,
                            " %.4f (bound %.2f)",
                            comparison.largestError().getOrDefault(channel, 0.0),
                            bound)));
    return bounds.toString();
  }

  private static void ledgers(List<String> lines, GatewayStatus status) {
    long failed = status.sum(ROUTE, "failed");
    long missed = status.sum(ROUTE, "missed");
    lines.add("Route ledger (the gateway's own, in samples)");
    lines.add(
        String.format(
            Locale.ROOT,
            "  captured %d = accepted %d + filtered %d + absorbed %d + failed %d + in route %d   (polls missed %d)",
            status.number(ROUTE, "captured"),
            status.number(ROUTE, "accepted"),
            status.number(ROUTE, "filtered"),
            status.number(ROUTE, "absorbed"),
            failed,
            status.number(ROUTE, "inRoute"),
            missed));
    reasons(lines, status, "failed");
    reasons(lines, status, "missed");
    lines.add("Stream ledger (the gateway's own, in samples)");
    lines.add(
        String.format(
            Locale.ROOT,
            "  accepted %d = delivered %d + buffered %d + dropped %d",
            status.number(STREAM, "accepted"),
            status.number(STREAM, "delivered"),
            status.number(STREAM, "buffered"),
            status.sum(STREAM, "dropped")));
    reasons(lines, status, "dropped");
  }

  private static void reasons(List<String> lines, GatewayStatus status, String fact) {
    for (String area : List.of(ROUTE, STREAM)) {
      for (Map.Entry<String, Long> reason : status.numbers(area, fact).entrySet()) {
        lines.add("    " + fact + " " + reason.getValue() + ": " + reason.getKey());
      }
    }
  }
}
