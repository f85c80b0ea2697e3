// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import io.kete.model.api.GoldenVector;
import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelException;
import io.kete.model.api.Output;
import io.kete.model.api.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Models and descriptors for tests. */
final class Models {

  static final String LOGISTIC =
      "{'kind':'linear','weights':[2,-1],'intercept':0.5,'link':'logistic'}";

  /** Root compares column 0 with 1, its right child column 1 with 5. */
  static final String TREE =
      "{'feature':[0,-1,1,-1,-1],'threshold':[1,0,5,0,0],'left':[1,-1,3,-1,-1],"
          + "'right':[2,-1,4,-1,-1],'value':[0,10,0,20,30]}";

  static final String STUMP =
      "{'feature':[1,-1,-1],'threshold':[0,0,0],'left':[1,-1,-1],'right':[2,-1,-1],"
          + "'value':[0,1,2]}";

  private Models() {}

  static String sum(String link) {
    return "{'kind':'trees','combine':'sum','base':0.25,'link':'"
        + link
        + "','trees':["
        + TREE
        + ","
        + STUMP
        + "]}";
  }

  static String model(String... outputs) {
    return "{'format':'kete-trees/1','width':2,'outputs':[" + String.join(",", outputs) + "]}";
  }

  static ByteBuffer bytes(String json) {
    return ByteBuffer.wrap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .asReadOnlyBuffer();
  }

  static LoadedModel load(String json, int outputs) throws ModelException {
    return new TreesEngine(1_000).load(descriptor(outputs), bytes(json));
  }

  static ModelDescriptor descriptor(int outputs) {
    return new ModelDescriptor(
        "test",
        "1.0.0",
        "trees",
        List.of(
            new Role("a", "", -1, 1, Role.Missing.REFUSE, 0, 1),
            new Role("b", "", -1, 1, Role.Missing.REFUSE, 0, 1)),
        1,
        IntStream.range(0, outputs).mapToObj(i -> new Output("o" + i, "")).toList(),
        Duration.ofMillis(1),
        100_000,
        List.of(new GoldenVector(List.of(0.0, 0.0), Collections.nCopies(outputs, 0.0), 1)),
        "");
  }
}
