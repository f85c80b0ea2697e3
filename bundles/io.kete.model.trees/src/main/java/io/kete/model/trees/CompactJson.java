// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import com.eclipsesource.json.JsonHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Receives JSON while it is parsed and keeps arrays of numbers as such, at 8 bytes a number: a tree
 * of JSON values would take ten times the memory. Texts and numbers become String and Double,
 * objects Map, arrays {@code double[]} or List of Map; everything else is refused.
 */
final class CompactJson extends JsonHandler<CompactJson.Array, Map<String, Object>> {

  /** JSON of another form than a model has. */
  static final class FormException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FormException(String message) {
      super(message);
    }
  }

  /** An array while it grows. */
  static final class Array {
    private double[] numbers = new double[8];
    private int count;
    private final List<Map<?, ?>> objects = new ArrayList<>();
  }

  private static final int MAX_DEPTH = 8;
  private static final int MAX_TEXT = 256;

  private final int maxValues;
  private int values;
  private int depth;
  private Object value = "";

  CompactJson(int maxValues) {
    this.maxValues = maxValues;
  }

  /** What was read last; after parsing: the whole. */
  Object value() {
    return value;
  }

  @Override
  public void endNull() {
    throw new FormException("null is not allowed");
  }

  @Override
  public void endBoolean(boolean bool) {
    throw new FormException("true and false are not allowed");
  }

  @Override
  public void endString(String string) {
    if (string.length() > MAX_TEXT) {
      throw new FormException("a text has more than " + MAX_TEXT + " characters");
    }
    count();
    value = string;
  }

  @Override
  public void endNumber(String string) {
    double number = Double.parseDouble(string);
    if (!Double.isFinite(number)) {
      throw new FormException("a number is too large");
    }
    count();
    value = number;
  }

  @Override
  public Array startArray() {
    deeper();
    return new Array();
  }

  @Override
  public void endArrayValue(Array array) {
    if (value instanceof Double number && array.objects.isEmpty()) {
      if (array.count == array.numbers.length) {
        array.numbers = Arrays.copyOf(array.numbers, 2 * array.count);
      }
      array.numbers[array.count++] = number;
    } else if (value instanceof Map<?, ?> object && array.count == 0) {
      array.objects.add(object);
    } else {
      throw new FormException("an array may hold numbers or objects, not both and nothing else");
    }
  }

  @Override
  public void endArray(Array array) {
    depth--;
    value = array.objects.isEmpty() ? Arrays.copyOf(array.numbers, array.count) : array.objects;
  }

  @Override
  public Map<String, Object> startObject() {
    deeper();
    count();
    return new HashMap<>();
  }

  @Override
  public void endObjectValue(Map<String, Object> object, String name) {
    if (object.putIfAbsent(name, value) != null) {
      throw new FormException("a key stands twice in an object");
    }
  }

  @Override
  public void endObject(Map<String, Object> object) {
    depth--;
    value = object;
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw new FormException("nested deeper than " + MAX_DEPTH);
    }
  }

  private void count() {
    if (++values > maxValues) {
      throw new FormException("more than " + maxValues + " values");
    }
  }
}
