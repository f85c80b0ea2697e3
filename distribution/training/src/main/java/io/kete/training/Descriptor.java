// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes {@code model.json}. */
final class Descriptor {

  private static final double TOLERANCE = 1e-5;
  private static final int INPUT_DIGITS = 4;
  private static final int OUTPUT_DIGITS = 9;
  private static final int SHARE_DIGITS = 4;

  private final Recipe recipe;
  private final List<State> sound;
  private final List<State> golden;
  private final AnomalyModel model;

  Descriptor(Recipe recipe, List<State> sound, List<State> golden, AnomalyModel model) {
    this.recipe = recipe;
    this.sound = sound;
    this.golden = golden;
    this.model = model;
  }

  String toJson() {
    JsonObject json = new JsonObject();
    json.add("name", "pump-anomaly");
    json.add("version", recipe.version());
    json.add("engine", "onnx");
    json.add("file", "model.onnx");
    json.add("roles", roles());
    json.add("steps", 1);
    json.add("outputs", new JsonArray().add(new JsonObject().add("name", "score").add("unit", "")));
    json.add("latencyLimitMicros", 5_000);
    json.add("memoryLimitBytes", 65_536);
    json.add("golden", golden());
    json.add("training", training());
    return text(json);
  }

  private JsonArray roles() {
    JsonArray array = new JsonArray();
    for (Role role : Role.values()) {
      DoubleSummaryStatistics range = statistics(role);
      array.add(
          new JsonObject()
              .add("name", role.label())
              .add("unit", role.unit())
              .add("min", number(range.getMin(), INPUT_DIGITS))
              .add("max", number(range.getMax(), INPUT_DIGITS))
              .add("missing", role.missing())
              .add("offset", role.offset())
              .add("scale", role.scale()));
    }
    return array;
  }

  private JsonArray golden() {
    JsonArray array = new JsonArray();
    for (State state : golden) {
      double[] inputs =
          Arrays.stream(state.values()).map(value -> rounded(value, INPUT_DIGITS)).toArray();
      JsonArray values = new JsonArray();
      Arrays.stream(inputs).forEach(value -> values.add(number(value, INPUT_DIGITS)));
      array.add(
          new JsonObject()
              .add("inputs", values)
              .add("outputs", new JsonArray().add(number(model.score(inputs), OUTPUT_DIGITS)))
              .add("tolerance", TOLERANCE));
    }
    return array;
  }

  private JsonObject training() {
    JsonObject json = new JsonObject();
    json.add("digest", digest());
    json.add("library", "Tribuo 4.3.2, linear regression");
    json.add("seed", recipe.seed());
    json.add("rows", sound.size());
    json.add("pumps", recipe.pumps());
    json.add("pauses", recipe.pauses());
    JsonObject reference = new JsonObject();
    for (Role role : Role.values()) {
      double mean = statistics(role).getAverage();
      double square =
          sound.stream()
              .mapToDouble(state -> role.of(state) - mean)
              .map(deviation -> deviation * deviation)
              .sum();
      reference.add(
          role.label(),
          new JsonObject()
              .add("mean", number(mean, INPUT_DIGITS))
              .add("deviation", number(Math.sqrt(square / sound.size()), INPUT_DIGITS)));
    }
    json.add("reference", reference);
    json.add("evaluation", evaluation());
    return json;
  }

  private JsonObject evaluation() {
    Evaluation running = Evaluation.of(model, recipe, false);
    Evaluation pausing = Evaluation.of(model, recipe, true);
    JsonObject json = new JsonObject();
    json.add("limit", Evaluation.LIMIT);
    json.add("ranking", number(running.ranking(), SHARE_DIGITS));
    json.add("falseAlarms", number(running.falseAlarms(), SHARE_DIGITS));
    json.add("falseAlarmsWithPauses", number(pausing.falseAlarms(), SHARE_DIGITS));
    running
        .detected()
        .forEach(
            (fault, share) ->
                json.add(
                    fault.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    number(share, SHARE_DIGITS)));
    return json;
  }

  private DoubleSummaryStatistics statistics(Role role) {
    // sums in encounter order are the same on every machine
    return sound.stream()
        .sequential()
        .collect(Collectors.summarizingDouble(state -> role.of(state)));
  }

  private String digest() {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    ByteBuffer row = ByteBuffer.allocate(Role.values().length * Double.BYTES);
    for (State state : sound) {
      row.clear();
      Arrays.stream(state.values()).forEach(row::putDouble);
      sha.update(row.flip());
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static double rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static JsonValue number(double value, int digits) {
    BigDecimal number = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN);
    String text = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    return Json.parse(text);
  }

  /** One line for each member, and for each element of the long arrays. */
  private static String text(JsonObject json) {
    StringBuilder text = new StringBuilder("{\n");
    String separator = "";
    for (JsonObject.Member member : json) {
      text.append(separator).append("  \"").append(member.getName()).append("\": ");
      if (member.getValue().isArray()) {
        text.append(
            member.getValue().asArray().values().stream()
                .map(JsonValue::toString)
                .collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]")));
      } else {
        text.append(member.getValue());
      }
      separator = ",\n";
    }
    return text.append("\n}\n").toString();
  }
}
