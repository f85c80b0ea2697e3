// SPDX-License-Identifier: EPL-2.0
/** Tests of the asset component. */
@NullMarked
package io.kete.container.asset;

import org.jspecify.annotations.NullMarked;
