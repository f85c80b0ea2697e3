// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.plant;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a device served, one line per state: the time in milliseconds, then the values in the order
 * of the header. A line is in the file before the answer is on the wire.
 */
public final class Truth implements AutoCloseable {

  private static final String TIME = "time";
  private static final String SEPARATOR = ";";

  private final BufferedWriter out;
  private boolean headed;
  private long lines;

  /**
   * One state as it was served.
   *
   * @param timeMillis when, in milliseconds since 1970 UTC
   * @param values by channel: Long, Double, Boolean or String
   */
  public record Served(long timeMillis, Map<String, Object> values) {

    /** The number of the state. */
    public long serial() {
      return (Long) values.getOrDefault("serial", -1L);
    }
  }

  /** Starts a new file. */
  public Truth(Path file) throws IOException {
    out =
        Files.newBufferedWriter(
            file,
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Adds a state. */
  public synchronized void add(long timeMillis, Map<String, Object> values) throws IOException {
    if (!headed) {
      out.write(TIME + SEPARATOR + String.join(SEPARATOR, values.keySet()) + "\n");
      headed = true;
    }
    String line =
        values.values().stream().map(String::valueOf).collect(Collectors.joining(SEPARATOR));
    out.write(timeMillis + SEPARATOR + line + "\n");
    out.flush();
    lines++;
  }

  /** States so far. */
  public synchronized long size() {
    return lines;
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  /** Everything in a file, in order; an unfinished last line is an error. */
  public static List<Served> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    List<Served> served = new ArrayList<>();
    if (lines.isEmpty()) {
      return served;
    }
    String[] names = lines.get(0).split(SEPARATOR, -1);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(SEPARATOR, -1);
      if (fields.length != names.length) {
        throw new IOException(
            file
                + ": line "
                + (served.size() + 2)
                + " has "
                + fields.length
                + " fields, not "
                + names.length);
      }
      Map<String, Object> values = new LinkedHashMap<>();
      for (int i = 1; i < names.length; i++) {
        values.put(names[i], value(fields[i]));
      }
      served.add(new Served(Long.parseLong(fields[0]), values));
    }
    return served;
  }

  private static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    if (text.matches("-?\\d+")) {
      return Long.valueOf(text);
    }
    return text.matches("-?\\d+\\.\\d+(E-?\\d+)?") ? Double.valueOf(text) : (Object) text;
  }
}
