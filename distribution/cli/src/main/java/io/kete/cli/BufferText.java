// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.StreamLedger;
import io.kete.buffer.h2.StoredStream;
import io.kete.buffer.h2.StoredStream.Part;
import java.util.Locale;

/** Stored streams as text and as JSON. */
final class BufferText {

  private static final String FORM = "%-24s %12s %12s %12s %12s %14s%n";

  private BufferText() {}

  static String heading() {
    return String.format(FORM, "STREAM", "ACCEPTED", "DELIVERED", "BUFFERED", "DROPPED", "BYTES");
  }

  static String line(String name, StoredStream stream) {
    StreamLedger ledger = stream.ledger();
    return String.format(
        Locale.ROOT,
        FORM,
        name,
        ledger.accepted(),
        ledger.delivered(),
        ledger.buffered(),
        sum(ledger),
        ledger.storedBytes());
  }

  private static long sum(StreamLedger ledger) {
    return ledger.dropped().values().stream().mapToLong(Long::longValue).sum();
  }

  static String details(String name, StoredStream stream) {
    StringBuilder text = new StringBuilder(heading()).append(line(name, stream));
    stream
        .ledger()
        .dropped()
        .forEach((why, count) -> text.append(String.format("dropped %s: %d%n", why, count)));
    for (Parcel.Dropped range : stream.dropped()) {
      long last = range.firstSeq() + range.count() - 1;
      text.append(
          String.format(
              "dropped range %d to %d (%s), not told yet%n",
              range.firstSeq(), last, range.reason()));
    }
    for (Part part : stream.parts()) {
      text.append(
          String.format(
              "%s: %d to %d, %d bytes%n",
              part.name(), part.firstSeq(), part.lastSeq(), part.bytes()));
    }
    if (stream.damaged() > 0) {
      text.append(String.format("%d damaged files are set aside%n", stream.damaged()));
    }
    return text.toString();
  }

  static JsonObject json(String name, StoredStream stream) {
    StreamLedger ledger = stream.ledger();
    JsonObject dropped = new JsonObject();
    ledger.dropped().forEach(dropped::add);
    JsonArray ranges = new JsonArray();
    for (Parcel.Dropped range : stream.dropped()) {
      ranges.add(
          new JsonObject()
              .add("first", range.firstSeq())
              .add("count", range.count())
              .add("reason", range.reason()));
    }
    JsonArray parts = new JsonArray();
    for (Part part : stream.parts()) {
      parts.add(
          new JsonObject()
              .add("file", part.name())
              .add("first", part.firstSeq())
              .add("last", part.lastSeq())
              .add("bytes", part.bytes()));
    }
    return new JsonObject()
        .add("stream", name)
        .add("accepted", ledger.accepted())
        .add("delivered", ledger.delivered())
        .add("buffered", ledger.buffered())
        .add("dropped", dropped)
        .add("bytes", ledger.storedBytes())
        .add("damagedFiles", stream.damaged())
        .add("droppedRanges", ranges)
        .add("segments", parts);
  }
}
