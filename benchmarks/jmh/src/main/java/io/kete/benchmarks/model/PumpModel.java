// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The model that the product ships, under the name of the zoo. */
final class PumpModel {

  static final List<String> ROLES =
      List.of("flow", "pressure", "vibration", "current", "temperature");

  /** Name of the input in its graph. */
  static final String INPUT = "input";

  private PumpModel() {}

  static ZooModel read() throws IOException {
    Path folder =
        Path.of(System.getProperty("kete.root", "."))
            .resolve("bundles/io.kete.models.pump.anomaly/model");
    String descriptor = Files.readString(folder.resolve("model.json"));
    return ZooModel.of(1)
        .model(Files.readAllBytes(folder.resolve("model.onnx")))
        .json(usual -> descriptor.replace("\"name\": \"pump-anomaly\"", "\"name\": \"zoo\""));
  }
}
