// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model with eight inputs whose score tells which version computed it: all inputs added up, and
 * the first number of the version.
 */
final class EightRoles {

  static final int COUNT = 8;

  /** Roles, and the channels that carry them. */
  static final List<String> NAMES = IntStream.range(0, COUNT).mapToObj(i -> "c" + i).toList();

  static final String SCORE = ZooModel.NAME + ".score";

  private EightRoles() {}

  static ZooModel of(int major) {
    return ZooModel.of(major)
        .model(Onnx.usual(COUNT, major, 13))
        .json(usual -> descriptor(major, 1_000_000));
  }

  /** The descriptor of a model whose score for eight ones is 8 and the version. */
  static String descriptor(int major, long memory) {
    String roles =
        NAMES.stream()
            .map(
                name ->
                    "{\"name\": \"%s\", \"unit\": \"\", \"min\": 0, \"max\": 1e9, \"missing\": \"REFUSE\", \"offset\": 0, \"scale\": 1}"
                        .formatted(name))
            .collect(Collectors.joining(","));
    return """
    {"name": "zoo", "version": "%d.0.0", "engine": "onnx", "file": "model.onnx",
     "roles": [%s], "steps": 1,
     "outputs": [{"name": "score", "unit": ""}],
     "latencyLimitMicros": 1000000, "memoryLimitBytes": %d,
     "golden": [{"inputs": [1, 1, 1, 1, 1, 1, 1, 1], "outputs": [%d], "tolerance": 0.001}],
     "training": {"digest": ""}}
    """
        .formatted(major, roles, memory, COUNT + major);
  }
}
