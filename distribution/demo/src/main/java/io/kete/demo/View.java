// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.util.List;
import java.util.Locale;

/**
 * What is shown at one moment.
 *
 * @param seconds since the start
 * @param total seconds the run takes
 * @param now what happens now
 * @param link state of the link between gateway and broker
 * @param read samples the gateway took from the device
 * @param filtered readings its filters took out
 * @param sealed sealed records that the centre opened
 * @param buffered samples that wait on the gateway's disk
 * @param delivered samples the broker confirmed
 * @param rate samples that arrived in the last second
 * @param arrived samples the centre has
 * @param duplicates copies the centre dropped
 * @param model version that scores, and how often it was replaced
 * @param refusal the model that was refused last and why, empty when none was
 * @param residentBytes memory of the gateway's process
 */
record View(
    double seconds,
    int total,
    String now,
    String link,
    long read,
    long filtered,
    long sealed,
    long buffered,
    long delivered,
    long rate,
    long arrived,
    long duplicates,
    String model,
    String refusal,
    long residentBytes) {

  private static final int BAR = 40;
  private static final double BAR_FULL = 200;

  /** For a terminal, one screen. */
  List<String> screen() {
    return List.of(
        "Kete demo   pump --Modbus TCP--> gateway --MQTT--> broker --> centre",
        "",
        line("now", now),
        line("time", String.format(Locale.ROOT, "%.0f of about %d s", seconds, total)),
        line("link", link),
        "",
        line("read", read + " samples"),
        line("filtered", filtered + " readings held back by a deadband"),
        line("sealed", sealed + " blocks, opened by the centre"),
        line("buffered", String.format(Locale.ROOT, "%-6d %s", buffered, bar())),
        line("delivered", delivered + " samples confirmed"),
        line("rate", rate + " samples/s arrive"),
        line("centre", arrived + " samples, " + duplicates + " duplicates dropped"),
        line("model", model),
        line("refused", refusal.isEmpty() ? "no model" : refusal),
        line("memory", memory() + " resident in the gateway"));
  }

  /** For a file, one line. */
  String plain() {
    return String.format(
        Locale.ROOT,
        "%3.0f s  read %d  filtered %d  sealed %d  buffered %d  delivered %d  rate %d/s  link %s  model %s  rss %s  %s%s",
        seconds,
        read,
        filtered,
        sealed,
        buffered,
        delivered,
        rate,
        link,
        model,
        memory(),
        now,
        refusal.isEmpty() ? "" : "  refused " + refusal);
  }

  private String bar() {
    int length = (int) Math.min(BAR, Math.ceil(buffered * BAR / BAR_FULL));
    return "#".repeat(length);
  }

  private String memory() {
    return residentBytes == 0 ? "-" : (residentBytes >> 20) + " MB";
  }

  private static String line(String name, String text) {
    return String.format(Locale.ROOT, "  %-10s %s", name, text);
  }
}
