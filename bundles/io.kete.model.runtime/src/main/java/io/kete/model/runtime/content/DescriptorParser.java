// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import io.kete.model.api.GoldenVector;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.Output;
import io.kete.model.api.Role;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code model.json} as docs/model.schema.json has it; what is not in it is refused. */
public final class DescriptorParser {

  /**
   * A descriptor and the name of its model's file.
   *
   * @param model what the model says of itself
   * @param file plain name of the file
   */
  public record Parsed(ModelDescriptor model, String file) {}

  private static final int MAX_DEPTH = 32;
  private static final int MAX_UNIT = 32;
  private static final long MAX_LATENCY_MICROS = 60_000_000;
  private static final long MAX_EXACT = 1L << 53;
  private static final int MAX_VALUES = ModelDescriptor.MAX_DIMENSION * 64;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
  private static final Pattern VERSION =
      Pattern.compile("[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}(\\.[A-Za-z0-9_-]{1,32})?");
  private static final Pattern ENGINE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
  private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern TRAINING = Pattern.compile("([0-9a-f]{64})?");
  private static final Pattern MISSING = Pattern.compile("REFUSE|HOLD|OFFSET");
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "version",
          "engine",
          "file",
          "roles",
          "steps",
          "outputs",
          "latencyLimitMicros",
          "memoryLimitBytes",
          "golden",
          "training");
  private static final Set<String> ROLE_STATISTICS = Set.of("mean", "deviation");
  private static final Set<String> OUTPUT_FACTS = Set.of("min", "max", "mean", "deviation");
  private static final Set<String> ROLE_KEYS =
      Set.of("name", "unit", "min", "max", "missing", "offset", "scale");

  /** The descriptor in these bytes, or what is wrong with it. */
  public Parsed parse(ByteBuffer bytes) throws RefusedException {
    try {
      return descriptor(Json.parse(text(bytes)));
    } catch (ParseException | UnsupportedOperationException | NumberFormatException e) {
      throw RefusedException.lasting(
          "model.json is not JSON: " + JsonFields.shown("" + e.getMessage()));
    } catch (IllegalArgumentException e) {
      // the records of the API check what they hold
      throw RefusedException.lasting("model.json: " + JsonFields.shown("" + e.getMessage()));
    }
  }

  private static String text(ByteBuffer bytes) throws RefusedException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw RefusedException.lasting("model.json is not UTF-8");
    }
    checkDepth(text);
    return text;
  }

  private static void checkDepth(String text) throws RefusedException {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        quoted = c != '"';
        i += c == '\\' ? 1 : 0;
      } else {
        quoted = c == '"';
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
      if (depth > MAX_DEPTH) {
        throw RefusedException.lasting("model.json is nested deeper than " + MAX_DEPTH);
      }
    }
  }

  private static Parsed descriptor(JsonValue json) throws RefusedException {
    JsonFields fields = JsonFields.exactly(json, "model.json", KEYS);
    String file = fields.text("file", FILE);
    if (file.equals(ModelFiles.DESCRIPTOR) || file.equals(ModelFiles.SIGNATURE)) {
      throw RefusedException.lasting(fields.at("file") + " must be a file of its own");
    }
    JsonFields training =
        JsonFields.atLeast(fields.value("training"), fields.at("training"), Set.of("digest"));
    ModelDescriptor model =
        new ModelDescriptor(
            fields.text("name", NAME),
            fields.text("version", VERSION),
            fields.text("engine", ENGINE),
            roles(fields),
            (int) fields.whole("steps", 1, ModelDescriptor.MAX_DIMENSION),
            outputs(fields),
            Duration.ofNanos(1000 * fields.whole("latencyLimitMicros", 1, MAX_LATENCY_MICROS)),
            fields.whole("memoryLimitBytes", 1, MAX_EXACT),
            golden(fields),
            training.text("digest", TRAINING));
    return new Parsed(model, file);
  }

  private static List<Role> roles(JsonFields fields) throws RefusedException {
    List<Role> roles = new ArrayList<>();
    for (JsonValue json : fields.list("roles", ModelDescriptor.MAX_DIMENSION)) {
      JsonFields role =
          JsonFields.between(
              json, fields.at("roles[" + roles.size() + "]"), ROLE_KEYS, ROLE_STATISTICS);
      roles.add(
          new Role(
              role.text("name", MEMBER),
              role.text("unit", MAX_UNIT),
              role.number("min"),
              role.number("max"),
              Role.Missing.valueOf(role.text("missing", MISSING)),
              role.number("offset"),
              role.number("scale"),
              role.number("mean", Double.NaN),
              deviation(role)));
    }
    return roles;
  }

  private static double deviation(JsonFields fields) throws RefusedException {
    double deviation = fields.number("deviation", Double.NaN);
    if (deviation < 0) {
      throw RefusedException.lasting(fields.at("deviation") + " must not be negative");
    }
    return deviation;
  }

  private static List<Output> outputs(JsonFields fields) throws RefusedException {
    List<Output> outputs = new ArrayList<>();
    for (JsonValue json : fields.list("outputs", ModelDescriptor.MAX_DIMENSION)) {
      JsonFields output =
          JsonFields.between(
              json,
              fields.at("outputs[" + outputs.size() + "]"),
              Set.of("name", "unit"),
              OUTPUT_FACTS);
      outputs.add(
          new Output(
              output.text("name", MEMBER),
              output.text("unit", MAX_UNIT),
              output.number("min", Double.NEGATIVE_INFINITY),
              output.number("max", Double.POSITIVE_INFINITY),
              output.number("mean", Double.NaN),
              deviation(output)));
    }
    return outputs;
  }

  private static List<GoldenVector> golden(JsonFields fields) throws RefusedException {
    List<GoldenVector> golden = new ArrayList<>();
    for (JsonValue json : fields.list("golden", ModelDescriptor.MAX_DIMENSION)) {
      JsonFields vector =
          JsonFields.exactly(
              json,
              fields.at("golden[" + golden.size() + "]"),
              Set.of("inputs", "outputs", "tolerance"));
      golden.add(
          new GoldenVector(
              numbers(vector, "inputs"), numbers(vector, "outputs"), vector.number("tolerance")));
    }
    return golden;
  }

  private static List<Double> numbers(JsonFields fields, String key) throws RefusedException {
    List<Double> numbers = new ArrayList<>();
    for (JsonValue json : fields.list(key, MAX_VALUES)) {
      numbers.add(JsonFields.number(json, fields.at(key)));
    }
    return numbers;
  }
}
