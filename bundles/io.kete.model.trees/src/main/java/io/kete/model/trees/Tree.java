// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

/**
 * A tree as it was read; node 0 is the root and children stand behind their parents, so no path is
 * endless.
 *
 * @param feature column that a node compares, -1 for a leaf
 * @param threshold a row goes left if its value is at most this
 * @param left child for these rows
 * @param right child for all others, also for NaN
 * @param value value of a leaf
 */
@SuppressWarnings("ArrayRecordComponent") // lives only while a model is read
record Tree(int[] feature, double[] threshold, int[] left, int[] right, double[] value) {

  int size() {
    return feature.length;
  }

  /** Steps from the root to each node. */
  int[] depths() {
    int[] depths = new int[size()];
    for (int i = 0; i < depths.length; i++) {
      if (feature[i] >= 0) {
        depths[left[i]] = depths[i] + 1;
        depths[right[i]] = depths[i] + 1;
      }
    }
    return depths;
  }
}
