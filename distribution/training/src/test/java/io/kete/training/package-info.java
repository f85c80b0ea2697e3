// SPDX-License-Identifier: EPL-2.0
/** Tests of the training. */
@NullMarked
package io.kete.training;

import org.jspecify.annotations.NullMarked;
