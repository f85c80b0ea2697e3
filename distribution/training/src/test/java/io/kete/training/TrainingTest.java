// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import io.kete.training.State.Fault;
import io.kete.training.Training.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final double TOLERANCE = 1e-5;
  private static final State PAUSED = new State(0, 1.1, 0.05, 0.2, 60, Fault.NONE);
  private static final State RUNNING = new State(90, 5.1, 2.3, 30.5, 60, Fault.NONE);
  private static final State SHAKING = new State(90, 5.1, 8, 30.5, 60, Fault.BEARING);

  private static final Trained first = Training.train(Recipe.FIRST);
  private static final Trained second = Training.train(Recipe.SECOND);

  @Test
  void givesTheCommittedFilesByteForByte() throws IOException {
    Map<String, byte[]> files = Training.files(first, second);

    assertThat(files).hasSize(6);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(ROOT.resolve(file.getKey())).hasBinaryContent(file.getValue());
    }
  }

  @Test
  void exportsWhatItTrained() throws OrtException {
    for (Trained version : List.of(first, second)) {
      List<State> states = pumpOfItsOwn();
      float[] scores = scores(version.onnx(), states);
      for (int i = 0; i < scores.length; i++) {
        double difference = Math.abs(scores[i] - version.model().score(states.get(i).values()));
        assertThat(difference).as("row %d", i).isLessThan(TOLERANCE);
      }
    }
  }

  @Test
  void scoresFaultsAboveTheLimitAndSoundPumpsBelow() {
    for (Trained version : List.of(first, second)) {
      assertThat(version.model().score(RUNNING.values())).isLessThan(0.2);
      assertThat(version.model().score(SHAKING.values())).isGreaterThan(0.9);
    }
  }

  @Test
  void learnsPausesInTheSecondVersionOnly() {
    assertThat(first.model().score(PAUSED.values())).isGreaterThan(0.9);
    assertThat(second.model().score(PAUSED.values())).isLessThan(0.5);
  }

  @Test
  void growsWithTheFault() {
    for (Fault fault :
        List.of(Fault.BEARING, Fault.CAVITATION, Fault.WORN_IMPELLER, Fault.WINDING)) {
      double last = 0;
      for (int step = 1; step <= 4; step++) {
        // the same seed makes the same moment of the same pump
        PumpGenerator pump = new PumpGenerator(99, false);
        for (int i = 0; i < 600; i++) {
          pump.next();
        }
        double score = second.model().score(pump.next(fault, step / 4.0).values());
        assertThat(score).as("%s at %d/4", fault, step).isGreaterThan(last);
        last = score;
      }
      assertThat(last).as("%s at its worst", fault).isGreaterThan(Evaluation.LIMIT);
    }
  }

  @Test
  void damagesTheThirdVersionSoThatOnlyGoldenVectorsShowIt() throws OrtException {
    Trained damaged = second.damaged();

    assertThat(mismatches(damaged.onnx(), damaged.json())).isGreaterThan(12);
    assertThat(Json.parse(damaged.json()).asObject().get("version")).isEqualTo(Json.value("3.0.0"));
  }

  @Test
  void writesGoldenVectorsThatOtherRuntimesReproduce() throws IOException, OrtException {
    for (String folder : List.of(Training.FIRST_FOLDER, Training.SECOND_FOLDER)) {
      byte[] onnx = Files.readAllBytes(ROOT.resolve(folder).resolve("model.onnx"));
      String json = Files.readString(ROOT.resolve(folder).resolve("model.json"));

      assertThat(mismatches(onnx, json)).isZero();
    }
  }

  private static int mismatches(byte[] onnx, String descriptor) throws OrtException {
    JsonObject json = Json.parse(descriptor).asObject();
    List<State> states = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    for (JsonValue vector : json.get("golden").asArray()) {
      double[] in =
          vector.asObject().get("inputs").asArray().values().stream()
              .mapToDouble(JsonValue::asDouble)
              .toArray();
      states.add(new State(in[0], in[1], in[2], in[3], in[4], Fault.NONE));
      expected.add(vector.asObject().get("outputs").asArray().get(0).asDouble());
    }
    float[] scores = scores(onnx, states);
    int mismatches = 0;
    for (int i = 0; i < scores.length; i++) {
      mismatches += Math.abs(scores[i] - expected.get(i)) > TOLERANCE ? 1 : 0;
    }
    return mismatches;
  }

  private static List<State> pumpOfItsOwn() {
    PumpGenerator pump = new PumpGenerator(77, true);
    List<State> states = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (int i = 0; i < 400; i++) {
        states.add(pump.next(fault, i / 400.0));
      }
    }
    return states;
  }

  private static float[] scores(byte[] onnx, List<State> states) throws OrtException {
    float[][] rows = new float[states.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = scaled(states.get(i));
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(onnx);
        OnnxTensor input = OnnxTensor.createTensor(environment, rows);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      float[][] scores = (float[][]) result.get(0).getValue();
      float[] flat = new float[scores.length];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = scores[i][0];
      }
      return flat;
    }
  }

  private static float[] scaled(State state) {
    float[] row = new float[Role.values().length];
    int column = 0;
    for (Role role : Role.values()) {
      row[column++] = (float) role.scaled(role.of(state));
    }
    return row;
  }
}
