// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import com.eclipsesource.json.WriterConfig;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The file {@code gateway.json}.
 *
 * @param values what goes into the places of the snapshot, by name
 * @param sums SHA-256 of every other file in hexadecimal; empty when the file does not say
 */
record Manifest(SortedMap<String, String> values, Optional<SortedMap<String, String>> sums) {

  static final String FORMAT = "kete-gateway/1";

  /** Value that names the gateway: client id, and name of the directory. */
  static final String GATEWAY = "gateway";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,60}");
  private static final Pattern GATEWAY_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int MAX_TEXT = 1 << 18;
  private static final int MAX_VALUES = 1_000;

  static Manifest parse(String text) throws ProvisionException {
    if (text.length() > MAX_TEXT) {
      throw new ProvisionException(GatewayFolder.MANIFEST + " is longer than " + MAX_TEXT);
    }
    JsonObject json;
    try {
      JsonValue parsed = Json.parse(text);
      if (!parsed.isObject()) {
        throw new ProvisionException(GatewayFolder.MANIFEST + " is no JSON object");
      }
      json = parsed.asObject();
    } catch (ParseException e) {
      throw new ProvisionException(
          GatewayFolder.MANIFEST + " is no JSON: line " + e.getLocation().line);
    }
    for (String name : json.names()) {
      if (!name.equals("format") && !name.equals("values") && !name.equals("sha256")) {
        throw new ProvisionException(
            GatewayFolder.MANIFEST + " has " + shown(name) + "; known are format, values, sha256");
      }
    }
    JsonValue format = json.get("format");
    if (format == null || !format.isString() || !format.asString().equals(FORMAT)) {
      throw new ProvisionException(
          GatewayFolder.MANIFEST + " needs \"format\": \"" + FORMAT + "\"");
    }
    JsonValue sums = json.get("sha256");
    return new Manifest(
        values(json.get("values")),
        sums == null ? Optional.empty() : Optional.of(texts("sha256", sums)));
  }

  private static SortedMap<String, String> values(JsonValue value) throws ProvisionException {
    SortedMap<String, String> values = value == null ? new TreeMap<>() : texts("values", value);
    for (Map.Entry<String, String> entry : values.entrySet()) {
      requireName(entry.getKey());
      if (entry.getKey().equals(GATEWAY)) {
        requireGateway(entry.getValue());
      }
    }
    return values;
  }

  static void requireName(String name) throws ProvisionException {
    if (!NAME.matcher(name).matches()) {
      throw new ProvisionException(
          shown(name) + " is no name of a value: small letters, digits, '.' and '-'");
    }
  }

  static void requireGateway(String name) throws ProvisionException {
    if (!GATEWAY_NAME.matcher(name).matches()) {
      throw new ProvisionException(
          shown(name) + " is no name of a gateway: at most 64 letters, digits, '.', '_' and '-'");
    }
  }

  private static SortedMap<String, String> texts(String name, JsonValue value)
      throws ProvisionException {
    if (!value.isObject() || value.asObject().size() > MAX_VALUES) {
      throw new ProvisionException(
          GatewayFolder.MANIFEST
              + ": "
              + name
              + " is no object of at most "
              + MAX_VALUES
              + " texts");
    }
    SortedMap<String, String> texts = new TreeMap<>();
    for (Member member : value.asObject()) {
      if (!member.getValue().isString()) {
        throw new ProvisionException(
            GatewayFolder.MANIFEST
                + ": "
                + shown(member.getName())
                + " has to be a text in quotes");
      }
      if (texts.put(member.getName(), member.getValue().asString()) != null) {
        throw new ProvisionException(
            GatewayFolder.MANIFEST + ": " + shown(member.getName()) + " stands twice");
      }
    }
    return texts;
  }

  String gateway() throws ProvisionException {
    String name = values.get(GATEWAY);
    if (name == null) {
      throw new ProvisionException(GatewayFolder.MANIFEST + ": the value gateway is missing");
    }
    return name;
  }

  String toJson() {
    JsonObject object = new JsonObject().add("format", FORMAT);
    object.add("values", object(values));
    sums.ifPresent(texts -> object.add("sha256", object(texts)));
    return object.toString(WriterConfig.PRETTY_PRINT) + "\n";
  }

  private static JsonObject object(SortedMap<String, String> texts) {
    JsonObject object = new JsonObject();
    texts.forEach(object::add);
    return object;
  }

  /** A name out of a file, fit for one line. */
  static String shown(String name) {
    String cut = name.length() > 80 ? name.substring(0, 80) + "..." : name;
    return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
