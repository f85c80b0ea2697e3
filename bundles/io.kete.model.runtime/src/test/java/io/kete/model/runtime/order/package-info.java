// SPDX-License-Identifier: EPL-2.0
/** Tests of orders. */
@NullMarked
package io.kete.model.runtime.order;

import org.jspecify.annotations.NullMarked;
