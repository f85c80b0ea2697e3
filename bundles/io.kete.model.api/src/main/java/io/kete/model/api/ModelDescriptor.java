// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * What a model says of itself, from its {@code model.json}.
 *
 * @param name name of the model
 * @param version semantic version
 * @param engine which {@link ModelEngine} runs it, for instance {@code onnx}
 * @param roles inputs in the order the model expects them
 * @param steps length of the window of past samples, 1 for none
 * @param outputs outputs in the order the model gives them
 * @param latencyLimit longest allowed time of one row
 * @param memoryLimitBytes largest allowed size of the model's bytes
 * @param golden vectors the model has to reproduce before it serves; at least one
 * @param trainingDigest digest of the training set as the training tool states it
 */
public record ModelDescriptor(
    String name,
    String version,
    String engine,
    List<Role> roles,
    int steps,
    List<Output> outputs,
    Duration latencyLimit,
    long memoryLimitBytes,
    List<GoldenVector> golden,
    String trainingDigest) {

  /** Most roles, outputs or steps of a model. */
  public static final int MAX_DIMENSION = 1_024;

  public ModelDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(latencyLimit, "latencyLimit");
    Objects.requireNonNull(trainingDigest, "trainingDigest");
    roles = List.copyOf(roles);
    outputs = List.copyOf(outputs);
    golden = List.copyOf(golden);
    inRange("roles", roles.size());
    inRange("outputs", outputs.size());
    inRange("steps", steps);
    unique("role", roles.stream().map(Role::name).toList());
    unique("output", outputs.stream().map(Output::name).toList());
    if (golden.isEmpty()) {
      throw new IllegalArgumentException("a model needs at least one golden vector");
    }
    for (GoldenVector vector : golden) {
      if (vector.inputs().size() != steps * roles.size()
          || vector.outputs().size() != outputs.size()) {
        throw new IllegalArgumentException(
            "a golden vector needs "
                + steps * roles.size()
                + " inputs and "
                + outputs.size()
                + " outputs");
      }
    }
  }

  /** Number of values of one row. */
  public int width() {
    return steps * roles.size();
  }

  private static void inRange(String what, int count) {
    if (count < 1 || count > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "number of " + what + " is " + count + ", allowed are 1 to " + MAX_DIMENSION);
    }
  }

  private static void unique(String what, List<String> names) {
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("the same " + what + " stands twice in " + names);
    }
  }
}
