// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.model.api.ModelDescriptor;
import io.kete.model.onnx.OnnxEngine;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.content.JarSource;
import io.kete.model.runtime.content.RefusedException;
import io.kete.model.runtime.gate.Admission;
import io.kete.model.runtime.gate.Gate;
import io.kete.model.runtime.gate.Prover;
import io.kete.model.runtime.gate.Surroundings;
import io.kete.model.trees.TreesEngine;
import io.kete.policy.api.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Judges a model bundle with the gateway's own gate and engines: what is refused here is refused
 * there, and for the same reason.
 */
final class ModelTrial {

  /** As a gateway has it when nothing else is configured. */
  private static final int MAX_NODES = 200_000;

  /** What came out. */
  sealed interface Outcome {}

  /**
   * A gateway that trusts the signer would let it serve.
   *
   * @param model what it says of itself
   * @param digest identity of its bytes
   * @param bytes size of the model's file
   * @param signer who signed it
   */
  record Admitted(ModelDescriptor model, String digest, int bytes, String signer)
      implements Outcome {}

  /**
   * A gateway would refuse it.
   *
   * @param reason why
   */
  record Refused(String reason) implements Outcome {}

  private ModelTrial() {}

  /**
   * Judges.
   *
   * @param model a bundle, or a folder with model.json and the files beside it
   */
  static Outcome judge(Path model, Verifier verifier) {
    Surroundings surroundings = new Surroundings();
    surroundings.add("onnx", new OnnxEngine(1));
    surroundings.add("trees", new TreesEngine(MAX_NODES));
    surroundings.add(verifier);
    Gate gate = new Gate(surroundings, new Prover(System::nanoTime), Gate.LOAD_LIMIT);
    try {
      Candidate candidate =
          Files.isDirectory(model)
              ? Candidate.read(name -> open(model.resolve(name)))
              : new JarSource(model).candidate();
      Admission admission = gate.admit(candidate, stage -> {});
      if (admission instanceof Admission.Proved proved) {
        proved.model().close();
        return new Admitted(
            candidate.descriptor(), candidate.digest(), candidate.size(), proved.signer());
      }
      return new Refused(
          admission instanceof Admission.Refused refused
              ? refused.reason()
              : ((Admission.Waits) admission).reason());
    } catch (RefusedException e) {
      return new Refused(e.reason());
    } catch (IOException e) {
      return new Refused("it cannot be read: " + e.getMessage());
    }
  }

  private static Optional<InputStream> open(Path file) throws IOException {
    return Files.isRegularFile(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
  }

  /** Names with their units, as a sentence. */
  static String names(java.util.stream.Stream<String[]> named) {
    UnaryOperator<String> unit = text -> text.isEmpty() ? "" : " [" + text + "]";
    return named
        .map(Arrays::asList)
        .map(pair -> pair.get(0) + unit.apply(pair.get(1)))
        .collect(Collectors.joining(", "));
  }
}
