// SPDX-License-Identifier: EPL-2.0
/** What a model bundle holds, read within bounds and checked. */
@NullMarked
package io.kete.model.runtime.content;

import org.jspecify.annotations.NullMarked;
