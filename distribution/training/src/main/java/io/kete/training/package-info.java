// SPDX-License-Identifier: EPL-2.0
/**
 * Off-line training of the pump's models: from generated data to {@code model.onnx} and {@code
 * model.json}. Nothing of it runs on a gateway.
 */
@NullMarked
package io.kete.training;

import org.jspecify.annotations.NullMarked;
