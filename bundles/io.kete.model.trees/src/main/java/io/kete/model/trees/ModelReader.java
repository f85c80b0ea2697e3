// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import com.eclipsesource.json.JsonParser;
import com.eclipsesource.json.ParseException;
import io.kete.model.api.ModelException;
import io.kete.model.trees.CompactJson.FormException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a model, bounded in everything it keeps. */
final class ModelReader {

  static final String FORMAT = "kete-trees/1";

  /** Numbers of a node: feature, threshold, left, right, value. */
  private static final int NODE_NUMBERS = 5;

  private static final int OTHER_VALUES = 100_000;
  private static final int LEAF = -1;

  private enum Kind {
    LINEAR,
    TREES
  }

  private final int width;
  private final int maxNodes;
  private int nodes;

  ModelReader(int width, int maxNodes) {
    this.width = width;
    this.maxNodes = maxNodes;
  }

  List<Formula> read(ByteBuffer model) throws ModelException {
    try {
      return formulas(parse(model));
    } catch (FormException wrong) {
      throw new ModelException("the model is not valid: " + wrong.getMessage(), wrong);
    }
  }

  private Object parse(ByteBuffer model) throws ModelException {
    byte[] bytes = new byte[model.remaining()];
    model.duplicate().get(bytes);
    CompactJson json = new CompactJson(NODE_NUMBERS * maxNodes + OTHER_VALUES);
    try {
      new JsonParser(json)
          .parse(
              new InputStreamReader(
                  new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder()));
    } catch (ParseException | IOException broken) {
      // the parser's message may hold a piece of the text, the place is enough
      String place = broken instanceof ParseException at ? " at line " + at.getLocation().line : "";
      throw new ModelException("the model is not JSON in UTF-8" + place, broken);
    }
    return json.value();
  }

  private List<Formula> formulas(Object json) {
    Fields model = new Fields("the model", json);
    if (!model.text("format").equals(FORMAT)) {
      throw new FormException("format is not " + FORMAT);
    }
    if (model.whole("width", 1, Integer.MAX_VALUE) != width) {
      throw new FormException("width is not " + width + " as in the descriptor");
    }
    List<Formula> outputs = new ArrayList<>();
    for (Object output : model.objects("outputs")) {
      Fields fields = new Fields("output " + (outputs.size() + 1), output);
      outputs.add(
          switch (fields.oneOf("kind", Kind.class)) {
            case LINEAR -> linear(fields);
            case TREES -> ensemble(fields);
          });
      fields.end();
    }
    model.end();
    return outputs;
  }

  private Linear linear(Fields fields) {
    take(width);
    return new Linear(
        fields.number("intercept"),
        fields.numbers("weights", width),
        fields.oneOf("link", Link.class));
  }

  private Ensemble ensemble(Fields fields) {
    Ensemble.Combine combine = fields.oneOf("combine", Ensemble.Combine.class);
    List<Tree> trees = new ArrayList<>();
    for (Object tree : fields.objects("trees")) {
      Fields parts = new Fields("tree " + (trees.size() + 1), tree);
      trees.add(tree(parts, combine == Ensemble.Combine.ISOLATION));
      parts.end();
    }
    if (trees.isEmpty()) {
      throw new FormException("an ensemble has no tree");
    }
    if (combine == Ensemble.Combine.ISOLATION) {
      int samples = fields.whole("samples", 2, Integer.MAX_VALUE);
      return new Ensemble(trees, combine, 0, samples, Link.IDENTITY);
    }
    return new Ensemble(trees, combine, fields.number("base"), 0, fields.oneOf("link", Link.class));
  }

  private Tree tree(Fields parts, boolean counts) {
    int size = parts.numbers("feature").length;
    take(size);
    int[] feature = wholes(parts, "feature", size, LEAF, width - 1);
    int[] left = wholes(parts, "left", size, LEAF, size - 1);
    int[] right = wholes(parts, "right", size, LEAF, size - 1);
    double[] threshold = parts.numbers("threshold", size);
    double[] value = parts.numbers("value", size);
    int[] parents = new int[size];
    for (int i = 0; i < size; i++) {
      if (feature[i] != LEAF) {
        if (left[i] <= i || right[i] <= i) {
          throw new FormException("a child does not stand behind its parent");
        }
        parents[left[i]]++;
        parents[right[i]]++;
      } else if (counts && value[i] < 0) {
        throw new FormException("a leaf of an isolation forest has a negative count");
      }
    }
    for (int i = 1; i < size; i++) {
      if (parents[i] != 1) {
        throw new FormException("a node has " + parents[i] + " parents");
      }
    }
    return new Tree(feature, threshold, left, right, value);
  }

  private static int[] wholes(Fields parts, String key, int length, int min, int max) {
    double[] numbers = parts.numbers(key, length);
    int[] wholes = new int[length];
    for (int i = 0; i < length; i++) {
      if (numbers[i] != Math.rint(numbers[i]) || numbers[i] < min || numbers[i] > max) {
        throw new FormException(key + " holds a number outside " + min + " to " + max);
      }
      wholes[i] = (int) numbers[i];
    }
    return wholes;
  }

  private void take(int count) {
    nodes += count;
    if (nodes > maxNodes) {
      throw new FormException("more than " + maxNodes + " nodes and weights");
    }
  }
}
