// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is to be run, and the names that the templates of the configuration share with the check.
 *
 * @param home the installation
 * @param directory where everything is written
 * @param seconds how long
 * @param broker an existing broker; empty for one of its own
 * @param seed of the pump
 */
record Plan(Path home, Path directory, int seconds, Optional<BrokerUrl> broker, long seed) {

  static final String ROUTE = "pump";
  static final String STREAM = "telemetry";
  static final String SLOT = "anomaly";
  static final String MODEL_FIRST = "1.0.0";
  static final String MODEL_NEXT = "2.0.0";
  static final String MODEL_DAMAGED = "3.0.0";
  static final List<String> MODELS = List.of(MODEL_FIRST, MODEL_NEXT, MODEL_DAMAGED);
  static final List<String> MODELS_OFFERED = MODELS.subList(1, MODELS.size());
  static final String ACCOUNT = "kete-demo";
  static final Map<String, Double> DEADBANDS = Map.of("current", 0.25, "temperature", 0.5);
  static final Set<String> SECRET_CHANNELS = Set.of("operator", "setpoint");
  static final Pattern SECRET_TEXT = Pattern.compile("OP-\\d{13}");

  /** Folder of the templates. */
  Path templates() {
    return home.resolve("kura-config/demo");
  }

  /** A model bundle as it is shipped, unsigned. */
  Path model(String version) {
    return home.resolve("models/io.kete.models.pump.anomaly-" + version + ".jar");
  }
}
