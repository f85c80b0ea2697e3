// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.Scorer;
import io.kete.policy.cms.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.kura.type.TypedValues;

/**
 * Models that another library fitted serve in a slot of the product and score every row as that
 * library does.
 */
public final class SkabModel {

  private static final double BOUND = 1e-5;
  private static final int FIRST_OPSET = 13;
  private static final int LAST_OPSET = 17;
  private static final List<String> MODELS = List.of("autoencoder", "forest");

  /** A row of the data: raw values, then what the models have to say. */
  private record Row(double[] values) {

    private Sample sample(int number) {
      List<Reading> readings = new ArrayList<>();
      for (int i = 0; i < EightRoles.COUNT; i++) {
        readings.add(
            Reading.Measured.good(
                EightRoles.NAMES.get(i), TypedValues.newDoubleValue(values[i]), "", number));
      }
      return new Sample("skab", number, ClockQuality.UNKNOWN, readings);
    }

    private double expected(int model) {
      return values[EightRoles.COUNT + model];
    }
  }

  private final Path made;
  private final Path folder;
  private final List<Row> rows;
  private final Identity authority = Identity.ec("skab authority");
  private int compared;
  private int wrong;
  private double largest;

  private SkabModel(Path made, Path folder) throws IOException {
    this.made = made;
    this.folder = folder;
    try (var lines = Files.lines(made.resolve("rows.csv"))) {
      rows =
          lines
              .map(line -> Arrays.stream(line.split(";")).mapToDouble(Double::parseDouble))
              .map(values -> new Row(values.toArray()))
              .toList();
    }
    authority.store(folder.resolve("anchors/model/skab.pem"));
  }

  /**
   * Runs the proof.
   *
   * @param arguments what the training made, and a working folder
   */
  public static void main(String[] arguments) throws Exception {
    SkabModel proof = new SkabModel(Path.of(arguments[0]), Path.of(arguments[1]));
    for (int model = 0; model < MODELS.size(); model++) {
      for (int opset = FIRST_OPSET; opset <= LAST_OPSET; opset++) {
        proof.compare(model, opset);
      }
    }
    System.exit(proof.verdict() ? 0 : 1);
  }

  private void compare(int model, int opset) throws Exception {
    String name = MODELS.get(model);
    String descriptor = Files.readString(made.resolve(name + ".json"));
    byte[] graph = Files.readAllBytes(made.resolve(name + "-" + opset + ".onnx"));
    Path work = folder.resolve(name + "-" + opset);
    Path jar = folder.resolve(name + "-" + opset + ".jar");
    ZooModel.of(1).model(graph).json(usual -> descriptor).write(jar, Optional.of(authority));
    double worst = 0;
    try (Station station = new Station(work, folder.resolve("anchors"), Map.of());
        Scorer scorer = station.slot().open(binding())) {
      station.install(jar);
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        samples.add(rows.get(i).sample(i));
      }
      List<Sample> scored = scorer.score(samples);
      for (int i = 0; i < rows.size(); i++) {
        double difference = Math.abs(score(scored.get(i)) - rows.get(i).expected(model));
        compared++;
        wrong += difference <= BOUND ? 0 : 1;
        worst = Math.max(worst, Double.isNaN(difference) ? Double.MAX_VALUE : difference);
      }
      System.out.printf(
          "%-12s opset %d: %d rows, largest difference %.1e %s%n",
          name, opset, rows.size(), worst, station.slot().state().lastRefusal());
    }
    largest = Math.max(largest, worst);
  }

  private static Binding binding() {
    return new Binding(
        "skab",
        EightRoles.NAMES.stream().collect(Collectors.toMap(Function.identity(), name -> name)),
        "");
  }

  /** NaN when the sample has no score. */
  private static double score(Sample sample) {
    for (Reading reading : sample.readings()) {
      if (reading.channel().equals(EightRoles.SCORE)
          && reading instanceof Reading.Measured measured
          && measured.value().getValue() instanceof Number number) {
        return number.doubleValue();
      }
    }
    return Double.NaN;
  }

  private boolean verdict() {
    boolean holds = wrong == 0 && compared == rows.size() * MODELS.size() * 5 && compared > 0;
    System.out.printf(
        "%s model-skab: an autoencoder and an isolation forest of scikit-learn, opset 13 to 17, %,d"
            + " scores of %,d rows, %d not within 1e-5, largest difference %.1e; bound: 0%n",
        holds ? "PROVED" : "FAILED", compared, rows.size(), wrong, largest);
    return holds;
  }
}
