// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.backup;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a copy holds: its first entry.
 *
 * @param created when, ISO 8601
 * @param parts directories of the data directory that are replaced as a whole
 */
record Contents(String created, List<String> parts) {

  static final String ENTRY = "kete-backup.json";
  static final String SUMS = "kete-backup.sums";
  static final String STREAMS = "buffer";

  /** Configuration, accepted policy and keys, packages, models. */
  static final List<String> STATE =
      List.of("user", "policy", "security", "packages", "models", "dropin");

  private static final String FORMAT = "kete-backup/1";

  Contents {
    parts = List.copyOf(parts);
  }

  String toJson() {
    JsonArray array = new JsonArray();
    parts.forEach(array::add);
    return new JsonObject()
        .add("format", FORMAT)
        .add("created", created)
        .add("parts", array)
        .toString();
  }

  static Contents parse(String text) throws IOException {
    try {
      JsonObject object = Json.parse(text).asObject();
      if (!FORMAT.equals(object.getString("format", ""))) {
        throw new IOException("its format is not " + FORMAT);
      }
      List<String> parts = new ArrayList<>();
      JsonValue named = object.get("parts");
      if (named == null) {
        throw new IOException("it names no parts");
      }
      for (JsonValue part : named.asArray()) {
        if (!STATE.contains(part.asString()) && !STREAMS.equals(part.asString())) {
          throw new IOException("it names a part that no gateway has");
        }
        parts.add(part.asString());
      }
      return new Contents(object.getString("created", ""), parts);
    } catch (ParseException | UnsupportedOperationException e) {
      throw new IOException(ENTRY + " cannot be read", e);
    }
  }
}
