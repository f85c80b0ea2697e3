// SPDX-License-Identifier: EPL-2.0
/** Tests with models that are written byte by byte. */
@NullMarked
package io.kete.model.onnx;

import org.jspecify.annotations.NullMarked;
