// SPDX-License-Identifier: EPL-2.0
@NullMarked
package io.kete.model.runtime.slot;

import org.jspecify.annotations.NullMarked;
