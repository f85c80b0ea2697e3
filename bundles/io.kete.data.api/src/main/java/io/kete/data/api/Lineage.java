// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.util.List;
import java.util.Objects;

/**
 * Which model made which readings of a sample from which others.
 *
 * @param slot name of the model slot
 * @param model name of the model
 * @param version semantic version of the model
 * @param digest SHA-256 of the model, in hexadecimal, possibly shortened
 * @param inputs channels the model read; derived readings inherit the strictest data class of these
 * @param outputs channels the model wrote
 */
public record Lineage(
    String slot,
    String model,
    String version,
    String digest,
    List<String> inputs,
    List<String> outputs) {

  public Lineage {
    Objects.requireNonNull(slot, "slot");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(digest, "digest");
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
