// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The model slots in the state of a gateway. */
final class ModelSlots {

  /**
   * One slot.
   *
   * @param name name of the slot
   * @param facts what it tells
   */
  record Slot(String name, JsonObject facts) {

    String text(String fact) {
      return facts.getString(fact, "");
    }

    String serving(String fact) {
      return object(facts, "serving").getString(fact, "");
    }

    /** Name and facts. */
    JsonObject json() {
      return new JsonObject().add("slot", name).merge(facts);
    }

    /** The stages of the versions it knows, by version and digest. */
    JsonObject models() {
      return object(facts, "models");
    }

    /** What is being compared, empty when nothing is. */
    JsonObject shadow() {
      return object(facts, "shadow");
    }

    boolean serves(ModelJar jar) {
      return serving("version").equals(jar.version()) && serving("digest").equals(jar.digest());
    }

    /** Why the model was refused, if it was. */
    Optional<String> refusal(ModelJar jar) {
      String key = jar.version() + "@" + jar.digest().substring(0, DIGEST_SHOWN);
      String stage = object(facts, "models").getString(key, "");
      return stage.startsWith(REJECTED)
          ? Optional.of(stage.substring(REJECTED.length()))
          : Optional.empty();
    }
  }

  private static final String AREA = "model.";
  private static final String REJECTED = "REJECTED: ";
  private static final int DIGEST_SHOWN = 12;

  private ModelSlots() {}

  static List<Slot> of(JsonObject status) {
    List<Slot> slots = new ArrayList<>();
    for (Member area : object(status, "areas")) {
      if (area.getName().startsWith(AREA) && area.getValue().isObject()) {
        String name = area.getName().substring(AREA.length());
        slots.add(new Slot(name, object(area.getValue().asObject(), "facts")));
      }
    }
    return slots;
  }

  /** Name and facts of each. */
  static JsonArray json(List<Slot> slots) {
    JsonArray all = new JsonArray();
    slots.forEach(slot -> all.add(slot.json()));
    return all;
  }

  static Optional<Slot> find(JsonObject status, String name) {
    return of(status).stream().filter(slot -> slot.name().equals(name)).findFirst();
  }

  static List<Slot> of(JsonObject status, String model) {
    return of(status).stream().filter(slot -> slot.text("model").equals(model)).toList();
  }

  /** Sentences of problems about models. */
  static List<String> problems(JsonObject status) {
    return problems(status, "");
  }

  /** Sentences of problems about a slot, or about all when the name is empty. */
  static List<String> problems(JsonObject status, String slot) {
    List<String> problems = new ArrayList<>();
    for (Member area : object(status, "areas")) {
      boolean asked =
          slot.isEmpty()
              ? area.getName().equals("models") || area.getName().startsWith(AREA)
              : area.getName().equals(AREA + slot);
      if (asked) {
        JsonValue list = area.getValue().asObject().get("problems");
        if (list != null && list.isArray()) {
          list.asArray().forEach(problem -> problems.add(problem.asString()));
        }
      }
    }
    return problems;
  }

  private static JsonObject object(JsonObject json, String key) {
    JsonValue value = json.get(key);
    return value != null && value.isObject() ? value.asObject() : new JsonObject();
  }
}
