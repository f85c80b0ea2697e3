// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A table as spreadsheets write it (RFC 4180): commas between, quotes around what holds a comma,
 * quotes inside doubled. Bounded.
 *
 * @param header names of the columns
 * @param rows each as long as the header
 */
record CsvTable(List<String> header, List<Row> rows) {

  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_ROWS = 10_000;
  private static final int MAX_COLUMNS = 200;

  /**
   * A row.
   *
   * @param line where it begins
   */
  record Row(int line, List<String> cells) {}

  static CsvTable read(Path file) throws ProvisionException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new ProvisionException(file + ": there is no such file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new ProvisionException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return parse(file.toString(), new String(content, StandardCharsets.UTF_8));
    }
  }

  static CsvTable parse(String source, String text) throws ProvisionException {
    List<Row> rows =
        new Parser(source, text.startsWith("\uFEFF") ? text.substring(1) : text).rows();
    if (rows.isEmpty()) {
      throw new ProvisionException(source + ": the first line has to name the columns");
    }
    List<String> header = rows.get(0).cells().stream().map(String::strip).toList();
    if (new HashSet<>(header).size() < header.size()) {
      throw new ProvisionException(source + ":1: a column stands twice");
    }
    for (Row row : rows) {
      if (row.cells().size() != header.size()) {
        throw new ProvisionException(
            source
                + ":"
                + row.line()
                + ": "
                + row.cells().size()
                + " cells instead of "
                + header.size());
      }
    }
    return new CsvTable(header, List.copyOf(rows.subList(1, rows.size())));
  }

  /** Reads one character after the other. */
  private static final class Parser {
    private final String source;
    private final String text;
    private final List<Row> rows = new ArrayList<>();
    private List<String> cells = new ArrayList<>();
    private StringBuilder cell = new StringBuilder();
    private boolean quoted;
    private int line = 1;
    private int begin = 1;

    Parser(String source, String text) {
      this.source = source;
      this.text = text;
    }

    List<Row> rows() throws ProvisionException {
      for (int at = 0; at < text.length(); at++) {
        at += take(text.charAt(at), at + 1 < text.length() ? text.charAt(at + 1) : '\n');
      }
      if (quoted) {
        throw new ProvisionException(source + ":" + begin + ": a quote is not closed");
      }
      if (cell.length() > 0 || !cells.isEmpty()) {
        endRow();
      }
      return rows;
    }

    /** Gives how many characters more were taken. */
    private int take(char c, char next) throws ProvisionException {
      if (c == '\n') {
        line++;
      }
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (next == '"') {
          cell.append('"');
          return 1;
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.length() == 0) {
        quoted = true;
      } else if (c == ',') {
        endCell();
      } else if (c == '\n') {
        endRow();
      } else if (c != '\r') {
        cell.append(c);
      }
      return 0;
    }

    private void endCell() throws ProvisionException {
      cells.add(cell.toString());
      cell = new StringBuilder();
      if (cells.size() > MAX_COLUMNS) {
        throw new ProvisionException(
            source + ":" + begin + ": more than " + MAX_COLUMNS + " cells");
      }
    }

    private void endRow() throws ProvisionException {
      boolean blank = cells.isEmpty() && cell.toString().isBlank();
      endCell();
      if (!blank) {
        rows.add(new Row(begin, List.copyOf(cells)));
      }
      cells = new ArrayList<>();
      begin = line;
      if (rows.size() > MAX_ROWS) {
        throw new ProvisionException(source + ": more than " + MAX_ROWS + " rows");
      }
    }
  }
}
