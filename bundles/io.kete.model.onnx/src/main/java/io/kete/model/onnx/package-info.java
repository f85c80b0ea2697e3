// SPDX-License-Identifier: EPL-2.0
/** Runs models in the ONNX format with ONNX Runtime, set up for a small box. */
@NullMarked
package io.kete.model.onnx;

import org.jspecify.annotations.NullMarked;
