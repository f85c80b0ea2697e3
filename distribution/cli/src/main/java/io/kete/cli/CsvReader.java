// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Rows of numbers from a CSV file: names of the columns in the first line, separated by commas,
 * semicolons or tabs; decimal points. Reads line by line, so a training set may be large.
 */
final class CsvReader implements AutoCloseable {

  private static final int MAX_COLUMNS = 4096;
  private static final int MAX_LINE = 1 << 20;
  private static final int SHOWN = 40;

  /** Stands for the end of the file; no line of a file holds a line feed. */
  private static final String END = "\n";

  private final Path file;
  private final BufferedReader in;
  private final char separator;
  private final List<String> columns;
  private int line;

  private CsvReader(Path file, BufferedReader in) throws IOException {
    this.file = file;
    this.in = in;
    String header = line();
    if (header.startsWith("\uFEFF")) {
      header = header.substring(1);
    }
    this.separator = separator(header);
    this.columns = split(header);
    if (columns.size() > MAX_COLUMNS || columns.stream().anyMatch(String::isEmpty)) {
      throw wrong("the first line has to name each column, at most " + MAX_COLUMNS);
    }
    if (new HashSet<>(columns).size() != columns.size()) {
      throw wrong("a column is named twice");
    }
  }

  /** Opens the file and reads the names of its columns. */
  static CsvReader open(Path file) throws IOException {
    BufferedReader in = Files.newBufferedReader(file);
    try {
      return new CsvReader(file, in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  List<String> columns() {
    return columns;
  }

  /** The place of a column. */
  Optional<Integer> place(String column) {
    int place = columns.indexOf(column);
    return place < 0 ? Optional.empty() : Optional.of(place);
  }

  /** The next row; empty after the last one. */
  Optional<double[]> next() throws IOException {
    String text = line();
    while (text.isBlank()) {
      if (text.equals(END)) {
        return Optional.empty();
      }
      text = line();
    }
    List<String> cells = split(text);
    if (cells.size() != columns.size()) {
      throw wrong(cells.size() + " values, the first line names " + columns.size() + " columns");
    }
    double[] row = new double[cells.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = number(cells.get(i), columns.get(i));
    }
    return Optional.of(row);
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    line++;
    try {
      int c = in.read();
      if (c < 0) {
        return END;
      }
      for (; c >= 0 && c != '\n'; c = in.read()) {
        if (text.length() == MAX_LINE) {
          throw wrong("the line is longer than " + MAX_LINE);
        }
        text.append((char) c);
      }
    } catch (CharacterCodingException e) {
      throw wrong("the text is not UTF-8");
    }
    return text.toString().replace("\r", "");
  }

  private static char separator(String header) {
    for (char c : new char[] {'\t', ';'}) {
      if (header.indexOf(c) >= 0) {
        return c;
      }
    }
    return ',';
  }

  private List<String> split(String text) {
    List<String> cells = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == separator) {
        String cell = text.substring(begin, i).strip();
        boolean quoted = cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"");
        cells.add(quoted ? cell.substring(1, cell.length() - 1).strip() : cell);
        begin = i + 1;
      }
    }
    return cells;
  }

  private double number(String cell, String column) throws IOException {
    try {
      double number = Double.parseDouble(cell);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    String shown = cell.length() <= SHOWN ? cell : cell.substring(0, SHOWN) + "...";
    throw wrong("'" + shown + "' in column " + column + " is no finite number");
  }

  private IOException wrong(String what) {
    return new IOException(file + " line " + line + ": " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
