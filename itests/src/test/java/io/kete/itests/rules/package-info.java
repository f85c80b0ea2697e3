// SPDX-License-Identifier: EPL-2.0
/** The architecture as rules over what was built: classes, manifests, component files, sources. */
@NullMarked
package io.kete.itests.rules;

import org.jspecify.annotations.NullMarked;
