// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a model.json is made of. */
final class ModelOptions {

  private static final long LEAST_MEMORY = 1 << 16;
  private static final int MOST_VECTORS = 1024;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Name of the model, as in the configuration of slots.")
  private String name;

  @Option(
      names = "--version",
      required = true,
      paramLabel = "VERSION",
      description = "Version of the model, such as 1.4.0.")
  private String version;

  @Option(
      names = "--roles",
      required = true,
      paramLabel = "ROLES",
      description =
          "Inputs in the order of the model: NAME:UNIT,... or a .json file with the array 'roles'"
              + " of docs/model.md, for scaling and missing values.")
  private String roles;

  @Option(
      names = "--golden",
      required = true,
      paramLabel = "CSV",
      description =
          "Examples: a column for each role (unscaled) and each output, as the training tool"
              + " computed it. With a window: ROLE@1 (oldest), ROLE@2, ...")
  private Path golden;

  @Option(
      names = "--outputs",
      split = ",",
      paramLabel = "NAME:UNIT",
      description =
          "Outputs in the order of the model; default: the other columns of the examples.")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1",
      description = "Length of the window of past samples; default: ${DEFAULT-VALUE}, no window.")
  private int steps;

  @Option(
      names = "--training",
      paramLabel = "CSV",
      description =
          "Training set with a column for each role: gives its digest, and range, mean and"
              + " deviation of each role. Without it the ranges come from the examples.")
  private @Nullable Path training;

  @Option(
      names = "--watch-drift",
      description =
          "State mean and deviation of the outputs, from their columns in the training set, so that"
              + " a version whose scores drift gives way; not for anomaly scores.")
  private boolean watchDrift;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      defaultValue = "1e-5",
      description = "Largest difference to an example; default: ${DEFAULT-VALUE}.")
  private double tolerance;

  @Option(
      names = "--vectors",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "Most examples that become golden vectors, spread evenly; default: ${DEFAULT-VALUE}.")
  private int vectors;

  @Option(
      names = "--latency",
      paramLabel = "MICROSECONDS",
      defaultValue = "10000",
      description = "Longest time of a row on the gateway; default: ${DEFAULT-VALUE}.")
  private long latency;

  @Option(
      names = "--memory",
      paramLabel = "BYTES",
      description = "Largest size of all tensors together; default: four times the file.")
  private @Nullable Long memory;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "onnx or trees; default: by the ending of the file.")
  private @Nullable String engine;

  /**
   * A model.json, and what it was made of.
   *
   * @param file names of what is made
   * @param descriptor its text
   * @param examples number of examples there were
   */
  record Draft(ModelFile file, String descriptor, int examples) {

    byte[] bytes() {
      return descriptor.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Ending of the model's file in the bundle. */
  String ending(Path file) {
    return engine(file).equals("onnx") ? ".onnx" : "." + engine(file);
  }

  private String engine(Path file) {
    if (engine != null) {
      return engine;
    }
    return file.toString().endsWith(".json") || file.toString().endsWith(".trees")
        ? "trees"
        : "onnx";
  }

  /** Reads roles, examples and training set; what is wrong with the values the gate will say. */
  Draft draft(Path file, long bytes) throws IOException {
    if (vectors < 1 || vectors > MOST_VECTORS) {
      throw new IOException("--vectors " + vectors + " has to be from 1 to " + MOST_VECTORS);
    }
    RoleList inputs = RoleList.of(roles);
    List<String> named = outputs.stream().map(RoleList::name).toList();
    Examples examples = Examples.read(golden, inputs.names(), Math.max(1, steps), named);
    Optional<TrainingSet> set =
        training == null
            ? Optional.empty()
            : Optional.of(TrainingSet.read(training, inputs.names()));
    JsonArray roleList =
        inputs.json(role -> set.flatMap(t -> t.of(role)).orElse(examples.of(role)), set);
    ModelText text =
        new ModelText()
            .add("name", Json.value(name))
            .add("version", Json.value(version))
            .add("engine", Json.value(engine(file)))
            .add("file", Json.value("model" + ending(file)))
            .add("roles", roleList)
            .add("steps", Json.value(steps))
            .add("outputs", outputList(examples, set))
            .add("latencyLimitMicros", Json.value(latency))
            .add(
                "memoryLimitBytes",
                Json.value(memory == null ? Math.max(LEAST_MEMORY, 4 * bytes) : memory))
            .add("golden", ModelText.golden(examples.spread(vectors), tolerance))
            .add("training", training(set));
    return new Draft(new ModelFile(name, version, engine(file)), text.toString(), examples.size());
  }

  private JsonArray outputList(Examples examples, Optional<TrainingSet> set) throws IOException {
    JsonArray list = new JsonArray();
    for (int i = 0; i < examples.outputs().size(); i++) {
      String output = examples.outputs().get(i);
      JsonObject json = new JsonObject().add("name", output);
      json.add("unit", outputs.isEmpty() ? "" : RoleList.unit(outputs.get(i)));
      if (watchDrift) {
        Statistics statistics =
            set.flatMap(training -> training.of(output))
                .orElseThrow(
                    () ->
                        new IOException(
                            "--watch-drift needs a column " + output + " in the training set"));
        json.add("mean", statistics.mean()).add("deviation", statistics.deviation());
      }
      list.add(json);
    }
    return list;
  }

  private static JsonObject training(Optional<TrainingSet> set) {
    JsonObject json = new JsonObject().add("digest", set.map(TrainingSet::digest).orElse(""));
    set.ifPresent(training -> json.add("rows", training.rows()));
    return json;
  }
}
