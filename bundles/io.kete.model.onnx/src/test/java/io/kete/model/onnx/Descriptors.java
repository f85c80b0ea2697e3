// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import io.kete.model.api.GoldenVector;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.Output;
import io.kete.model.api.Role;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Descriptors with as many roles and steps as a test needs. */
final class Descriptors {

  static final long LIMIT = 100_000;

  private Descriptors() {}

  static ModelDescriptor of(int roles, int steps, String... outputs) {
    return of(LIMIT, roles, steps, outputs);
  }

  static ModelDescriptor of(long memoryLimit, int roles, int steps, String... outputs) {
    return new ModelDescriptor(
        "test",
        "1.0.0",
        "onnx",
        IntStream.range(0, roles)
            .mapToObj(i -> new Role("r" + i, "", -1, 1, Role.Missing.REFUSE, 0, 1))
            .toList(),
        steps,
        Stream.of(outputs).map(name -> new Output(name, "")).toList(),
        Duration.ofMillis(1),
        memoryLimit,
        List.of(
            new GoldenVector(
                Collections.nCopies(roles * steps, 0.0),
                Collections.nCopies(outputs.length, 0.0),
                1)),
        "");
  }
}
