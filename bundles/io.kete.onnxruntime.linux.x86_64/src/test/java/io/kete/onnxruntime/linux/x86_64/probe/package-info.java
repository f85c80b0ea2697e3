// SPDX-License-Identifier: EPL-2.0
/** A bundle that uses ONNX Runtime. */
@NullMarked
package io.kete.onnxruntime.linux.x86_64.probe;

import org.jspecify.annotations.NullMarked;
