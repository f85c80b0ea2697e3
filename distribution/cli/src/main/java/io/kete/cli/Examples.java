// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Inputs with the outputs that the training tool computed for them, from a CSV file. With a window
 * of n steps the columns of a role are called {@code role@1} (the oldest) to {@code role@n}.
 */
final class Examples {

  /** Examples prove, they do not train. */
  private static final int MAX_ROWS = 100_000;

  /**
   * One example.
   *
   * @param inputs for each step, oldest first, one for each role
   * @param outputs one for each output
   */
  record Example(List<Double> inputs, List<Double> outputs) {}

  private final Path file;
  private final List<String> outputs;
  private final List<String> roles;
  private final List<Statistics> measured;
  private final int width;

  /** For each example its inputs and then its outputs. */
  private final List<double[]> rows = new ArrayList<>();

  private Examples(Path file, List<String> roles, int width, List<String> outputs) {
    this.file = file;
    this.roles = roles;
    this.width = width;
    this.outputs = outputs;
    this.measured = roles.stream().map(role -> new Statistics()).toList();
  }

  /**
   * Reads the file.
   *
   * @param named names of the outputs; when there are none, every column that is no role's
   */
  static Examples read(Path file, List<String> roles, int steps, List<String> named)
      throws IOException {
    try (CsvReader csv = CsvReader.open(file)) {
      List<String> inputs = columns(roles, steps);
      List<String> outputs =
          named.isEmpty()
              ? csv.columns().stream().filter(column -> !inputs.contains(column)).toList()
              : named;
      if (outputs.isEmpty()) {
        throw new IOException(
            file
                + ": there is no column besides those of the roles; the outputs that the training"
                + " tool computed have to stand beside the inputs, for what the gateway computes"
                + " proves nothing");
      }
      Examples examples = new Examples(file, roles, inputs.size(), outputs);
      examples.take(
          csv, places(file, csv, Stream.concat(inputs.stream(), outputs.stream()).toList()));
      return examples;
    }
  }

  /** The columns of the inputs, in the order of a row. */
  private static List<String> columns(List<String> roles, int steps) {
    return steps == 1
        ? roles
        : IntStream.rangeClosed(1, steps)
            .boxed()
            .flatMap(step -> roles.stream().map(role -> role + "@" + step))
            .toList();
  }

  private static int[] places(Path file, CsvReader csv, List<String> names) throws IOException {
    int[] places = new int[names.size()];
    for (int i = 0; i < places.length; i++) {
      String name = names.get(i);
      places[i] =
          csv.place(name).orElseThrow(() -> new IOException(file + ": there is no column " + name));
    }
    return places;
  }

  private void take(CsvReader csv, int[] places) throws IOException {
    for (Optional<double[]> row = csv.next(); row.isPresent(); row = csv.next()) {
      if (rows.size() == MAX_ROWS) {
        throw new IOException(file + ": more than " + MAX_ROWS + " rows; examples are enough");
      }
      double[] values = row.get();
      double[] example = IntStream.of(places).mapToDouble(place -> values[place]).toArray();
      for (int i = 0; i < width; i++) {
        measured.get(i % roles.size()).add(example[i]);
      }
      rows.add(example);
    }
    if (rows.isEmpty()) {
      throw new IOException(file + ": there is no row behind the names of the columns");
    }
  }

  List<String> outputs() {
    return outputs;
  }

  int size() {
    return rows.size();
  }

  /** What the inputs of a role look like here. */
  Statistics of(String role) {
    int place = roles.indexOf(role);
    return place < 0 ? new Statistics() : measured.get(place);
  }

  /** At most so many, spread evenly from the first to the last. */
  List<Example> spread(int most) {
    int count = Math.min(most, rows.size());
    return IntStream.range(0, count)
        .map(i -> count == 1 ? 0 : (int) ((long) i * (rows.size() - 1) / (count - 1)))
        .mapToObj(rows::get)
        .map(row -> new Example(numbers(row, 0, width), numbers(row, width, row.length)))
        .toList();
  }

  private static List<Double> numbers(double[] row, int from, int to) {
    return DoubleStream.of(Arrays.copyOfRange(row, from, to)).boxed().toList();
  }
}
