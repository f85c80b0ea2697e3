// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.store;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import io.kete.model.runtime.content.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of all slots, one small file each. */
public final class SlotRecords {

  private static final Logger logger = LoggerFactory.getLogger(SlotRecords.class);
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String END = ".json";
  private static final int MAX_BYTES = 1 << 18;
  private static final int MAX_REASON = 500;

  private final Path folder;
  private final String boot = boot();

  /** Below this folder, which is made when it is needed. */
  public SlotRecords(Path folder) {
    this.folder = folder;
  }

  /** What is another one each time the machine starts; empty where there is no such thing. */
  private static String boot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** How the process ended that wrote the record. */
  End end(String slot) {
    Path file = folder.resolve(slot + END);
    try {
      if (!Files.exists(file) || Files.size(file) > MAX_BYTES) {
        return End.UNKNOWN;
      }
      JsonObject json = Json.parse(Files.readString(file)).asObject();
      if (!json.getString("boot", "").equals(boot)) {
        return End.MACHINE;
      }
      long process = json.getLong("process", 0);
      return !attempts(json).isEmpty()
              && CrashReport.usual().blamesLoad(process, Files.getLastModifiedTime(file))
          ? End.CRASH
          : End.UNKNOWN;
    } catch (IOException
        | ParseException
        | UnsupportedOperationException
        | NumberFormatException e) {
      return End.UNKNOWN;
    }
  }

  /** What the slot remembers; nothing when the file is not there or damaged. */
  public SlotRecord read(String slot) {
    return read(folder.resolve(slot + END));
  }

  private static SlotRecord read(Path file) {
    if (!Files.exists(file)) {
      return SlotRecord.NOTHING;
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("longer than " + MAX_BYTES + " bytes");
      }
      return record(Json.parse(Files.readString(file)).asObject());
    } catch (IOException
        | ParseException
        | UnsupportedOperationException
        | NumberFormatException e) {
      logger.error("slot_record_damaged file={} reason={}", file.getFileName(), e.getMessage());
      return SlotRecord.NOTHING;
    }
  }

  private static SlotRecord record(JsonObject json) {
    List<String> previous = new ArrayList<>();
    if (json.get("previous") instanceof JsonArray list) {
      list.forEach(value -> digest(value).ifPresent(previous::add));
    }
    Map<String, String> refused = new LinkedHashMap<>();
    if (json.get("refused") instanceof JsonObject map) {
      for (Member member : map) {
        if (Digest.isDigest(member.getName()) && member.getValue().isString()) {
          refused.put(member.getName(), member.getValue().asString());
        }
      }
    }
    return new SlotRecord(
        Optional.ofNullable(json.get("serving")).flatMap(SlotRecords::digest),
        previous,
        refused,
        attempts(json));
  }

  private static Map<String, Integer> attempts(JsonObject json) {
    Map<String, Integer> attempts = new HashMap<>();
    if (json.get("attempts") instanceof JsonObject map) {
      for (Member member : map) {
        if (Digest.isDigest(member.getName()) && member.getValue().isNumber()) {
          attempts.put(member.getName(), member.getValue().asInt());
        }
      }
    }
    return attempts;
  }

  private static Optional<String> digest(JsonValue value) {
    return value.isString() && Digest.isDigest(value.asString())
        ? Optional.of(value.asString())
        : Optional.empty();
  }

  /** Remembers; it is on the medium when this returns. */
  public void write(String slot, SlotRecord record) throws IOException {
    JsonObject json = new JsonObject();
    record.serving().ifPresent(digest -> json.add("serving", digest));
    JsonArray previous = new JsonArray();
    record.previous().forEach(previous::add);
    json.add("previous", previous);
    JsonObject refused = new JsonObject();
    record
        .refused()
        .forEach(
            (digest, reason) ->
                refused.add(digest, reason.substring(0, Math.min(reason.length(), MAX_REASON))));
    json.add("refused", refused);
    json.add("boot", boot);
    json.add("process", ProcessHandle.current().pid());
    JsonObject attempts = new JsonObject();
    record.attempts().forEach(attempts::add);
    json.add("attempts", attempts);
    Durable.write(
        folder.resolve(slot + END),
        ByteBuffer.wrap(json.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** What any slot needs, also those that are not configured now. */
  public Set<String> wanted() throws IOException {
    Set<String> wanted = new HashSet<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(END))
            .forEach(file -> read(file).wanted().forEach(wanted::add));
      }
    }
    return wanted;
  }
}
