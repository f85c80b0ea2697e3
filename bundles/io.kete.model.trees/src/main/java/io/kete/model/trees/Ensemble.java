// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import java.util.List;

/** Trees whose leaves are added up. All trees lie one after another in the same arrays. */
final class Ensemble implements Formula {

  private static final double EULER = 0.5772156649015329;

  /** What becomes of the sum of the leaves. */
  enum Combine {
    SUM,
    MEAN,
    /** Leaves are path lengths; the shorter the mean path, the nearer the score to 1. */
    ISOLATION
  }

  private final int[] roots;
  private final int[] feature;
  private final double[] threshold;
  private final int[] left;
  private final int[] right;
  private final double[] value;
  private final Combine combine;
  private final double base;
  private final double usualPath;
  private final Link link;

  /**
   * @param samples rows that each tree of an isolation forest was grown from; else not used
   */
  Ensemble(List<Tree> trees, Combine combine, double base, int samples, Link link) {
    int size = trees.stream().mapToInt(Tree::size).sum();
    roots = new int[trees.size()];
    feature = new int[size];
    threshold = new double[size];
    left = new int[size];
    right = new int[size];
    value = new double[size];
    int start = 0;
    for (int i = 0; i < roots.length; i++) {
      roots[i] = start;
      start = add(trees.get(i), start, combine);
    }
    this.combine = combine;
    this.base = base;
    this.usualPath = path(samples);
    this.link = link;
  }

  private int add(Tree tree, int start, Combine combine) {
    int[] depths = tree.depths();
    for (int i = 0; i < tree.size(); i++) {
      feature[start + i] = tree.feature()[i];
      threshold[start + i] = tree.threshold()[i];
      left[start + i] = start + tree.left()[i];
      right[start + i] = start + tree.right()[i];
      double leaf = tree.value()[i];
      value[start + i] = combine == Combine.ISOLATION ? depths[i] + path(leaf) : leaf;
    }
    return start + tree.size();
  }

  /** Mean length of the path to a row in a search tree of so many rows. */
  static double path(double rows) {
    if (rows <= 1) {
      return 0;
    }
    return rows <= 2 ? 1 : 2 * (Math.log(rows - 1) + EULER) - 2 * (rows - 1) / rows;
  }

  @Override
  public double of(float[] inputs, int from) {
    double sum = 0;
    for (int root : roots) {
      int node = root;
      while (feature[node] >= 0) {
        node = inputs[from + feature[node]] <= threshold[node] ? left[node] : right[node];
      }
      sum += value[node];
    }
    return switch (combine) {
      case SUM -> link.of(base + sum);
      case MEAN -> link.of(base + sum / roots.length);
      case ISOLATION -> Math.pow(2, -sum / roots.length / usualPath);
    };
  }
}
