// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import io.kete.training.State.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Trains all versions and writes them to where their bundles are built from. */
public final class Training {

  static final String FIRST_FOLDER = "bundles/io.kete.models.pump.anomaly/model";
  static final String SECOND_FOLDER = "distribution/models/pump-anomaly-2.0.0/model";
  static final String DAMAGED_FOLDER = "distribution/models/pump-anomaly-3.0.0/model";

  private static final int GOLDEN_PUMP = 2_000;
  private static final int GOLDEN_SOUND = 12;
  private static final int GOLDEN_FAULTY = 3;
  private static final int GOLDEN_EVERY = 60;

  private Training() {}

  /** The only argument is the root of the repository. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: Training ROOT-OF-THE-REPOSITORY");
    }
    Logger.getLogger("org.tribuo").setLevel(Level.WARNING);
    for (Map.Entry<String, byte[]> file : run().entrySet()) {
      Path target = Path.of(arguments[0], file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
      System.out.println(target + " " + file.getValue().length + " bytes");
    }
  }

  /** All files, by path below the root of the repository. */
  static Map<String, byte[]> run() {
    return files(train(Recipe.FIRST), train(Recipe.SECOND));
  }

  static Map<String, byte[]> files(Trained first, Trained second) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    first.addTo(files, FIRST_FOLDER);
    second.addTo(files, SECOND_FOLDER);
    second.damaged().addTo(files, DAMAGED_FOLDER);
    return files;
  }

  /** A version, ready to be written. */
  @SuppressWarnings("ArrayRecordComponent")
  record Trained(AnomalyModel model, byte[] onnx, String json) {

    /**
     * A version that must never serve: the sign of one weight was changed after the golden vectors
     * were computed, as a fault of a disk or a tool would do it.
     */
    Trained damaged() {
      return new Trained(
          model, Damage.of(onnx), json.replace("\"version\": \"2.0.0\"", "\"version\": \"3.0.0\""));
    }

    void addTo(Map<String, byte[]> files, String folder) {
      files.put(folder + "/model.onnx", onnx);
      files.put(folder + "/model.json", json.getBytes(StandardCharsets.UTF_8));
    }
  }

  static Trained train(Recipe recipe) {
    List<State> sound = sound(recipe);
    AnomalyModel model = new Trainer(recipe).train(sound);
    String json = new Descriptor(recipe, sound, golden(recipe), model).toJson();
    return new Trained(model, model.toOnnx(recipe.version()), json);
  }

  static List<State> sound(Recipe recipe) {
    List<State> states = new ArrayList<>();
    for (int pump = 0; pump < recipe.pumps(); pump++) {
      PumpGenerator generator = new PumpGenerator(recipe.seed() + pump, recipe.pauses());
      for (int i = 0; i < recipe.secondsEach(); i++) {
        states.add(generator.next());
      }
    }
    return states;
  }

  /** States of a pump of their own: sound ones over half an hour, then each fault growing. */
  private static List<State> golden(Recipe recipe) {
    PumpGenerator generator = new PumpGenerator(recipe.seed() + GOLDEN_PUMP, recipe.pauses());
    List<State> golden = new ArrayList<>();
    for (int i = 0; i < GOLDEN_SOUND * GOLDEN_EVERY; i++) {
      State state = generator.next();
      if (i % GOLDEN_EVERY == 0) {
        golden.add(state);
      }
    }
    for (Fault fault : Fault.values()) {
      for (int i = 1; fault != Fault.NONE && i <= GOLDEN_FAULTY; i++) {
        golden.add(generator.next(fault, (double) i / GOLDEN_FAULTY));
      }
    }
    return golden;
  }
}
