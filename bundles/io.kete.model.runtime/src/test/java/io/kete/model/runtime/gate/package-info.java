// SPDX-License-Identifier: EPL-2.0
/** Tests of the gate. */
@NullMarked
package io.kete.model.runtime.gate;

import org.jspecify.annotations.NullMarked;
