// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.Output;
import io.kete.model.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Compares what a version sees and gives with its training set, in blocks of rows. While the inputs
 * are like those of the training, an output that states where it lies has to lie there; when the
 * inputs have moved as well, it is the process that changed and not the version. Without statistics
 * nothing is compared.
 */
final class Drift {

  /** So many deviations the mean of an input may be away and still count as known. */
  private static final double KNOWN = 3;

  /** So many deviations the mean of an output may be away. */
  private static final double ALLOWED = 6;

  /** So many blocks in a row have to say the same. */
  private static final int BLOCKS = 4;

  private static final Drift NONE = new Drift(List.of(), List.of(), 0, 0);

  /** One column and what it was in the training set; in the model's own units. */
  private record Column(String name, int place, double mean, double deviation, DoubleAdder sum) {

    static Column of(String name, int place, double mean, double deviation) {
      return new Column(name, place, mean, deviation, new DoubleAdder());
    }

    void add(int rows, int width, float[] values) {
      double added = 0;
      for (int row = 0; row < rows; row++) {
        added += values[row * width + place];
      }
      sum.add(added);
    }

    /** How many deviations the mean of the block is away; the block ends. */
    double away(long rows) {
      return Math.abs(sum.sumThenReset() / rows - mean) / deviation;
    }
  }

  private final List<Column> inputs;
  private final List<Column> outputs;
  private final LongAdder rows = new LongAdder();
  private final AtomicInteger blocks = new AtomicInteger();
  private final int width;
  private final int count;

  private Drift(List<Column> inputs, List<Column> outputs, int width, int count) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.width = width;
    this.count = count;
  }

  static Drift of(ModelDescriptor descriptor) {
    List<Column> outputs = new ArrayList<>();
    for (Output output : descriptor.outputs()) {
      if (isStated(output.mean(), output.deviation())) {
        int place = descriptor.outputs().indexOf(output);
        outputs.add(Column.of(output.name(), place, output.mean(), output.deviation()));
      }
    }
    List<Column> inputs = new ArrayList<>();
    int newest = descriptor.width() - descriptor.roles().size();
    for (int i = 0; i < descriptor.roles().size(); i++) {
      Role role = descriptor.roles().get(i);
      if (isStated(role.mean(), role.deviation())) {
        double deviation = role.deviation() / Math.abs(role.scale());
        inputs.add(Column.of(role.name(), newest + i, role.scaled(role.mean()), deviation));
      }
    }
    return outputs.isEmpty() || inputs.isEmpty()
        ? NONE
        : new Drift(inputs, outputs, descriptor.width(), descriptor.outputs().size());
  }

  private static boolean isStated(double mean, double deviation) {
    return Double.isFinite(mean) && deviation > 0;
  }

  void scored(int scored, float[] given, float[] gave) {
    if (this == NONE) {
      return;
    }
    for (Column input : inputs) {
      input.add(scored, width, given);
    }
    for (Column output : outputs) {
      output.add(scored, count, gave);
    }
    rows.add(scored);
  }

  /** Ends a block; what is wrong, or empty. */
  String judge() {
    long block = rows.sumThenReset();
    if (block == 0) {
      return "";
    }
    boolean known = true;
    for (Column input : inputs) {
      // a mean that is no number makes it unknown, too
      known &= input.away(block) <= KNOWN;
    }
    String moved = "";
    for (Column output : outputs) {
      double away = output.away(block);
      moved = away > ALLOWED ? sentence(output, away) : moved;
    }
    int inRow = known && !moved.isEmpty() ? blocks.incrementAndGet() : 0;
    if (inRow == 0) {
      blocks.set(0);
    }
    return inRow >= BLOCKS ? moved : "";
  }

  private static String sentence(Column output, double away) {
    return "output "
        + output.name()
        + " is "
        + Math.round(away)
        + " deviations away from its training while the inputs are like those of the training";
  }
}
