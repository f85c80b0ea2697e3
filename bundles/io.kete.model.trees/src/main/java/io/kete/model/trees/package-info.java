// SPDX-License-Identifier: EPL-2.0
/** Runs linear models and ensembles of trees in Java alone, for boxes without ONNX Runtime. */
@NullMarked
package io.kete.model.trees;

import org.jspecify.annotations.NullMarked;
