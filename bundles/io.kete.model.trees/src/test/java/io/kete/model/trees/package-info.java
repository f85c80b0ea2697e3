// SPDX-License-Identifier: EPL-2.0
/** Tests of the tree engine. */
@NullMarked
package io.kete.model.trees;

import org.jspecify.annotations.NullMarked;
