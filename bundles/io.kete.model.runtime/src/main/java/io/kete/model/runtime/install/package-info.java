// SPDX-License-Identifier: EPL-2.0
/** Which models are installed: bundles that the framework has, and files that are dropped in. */
@NullMarked
package io.kete.model.runtime.install;

import org.jspecify.annotations.NullMarked;
