// SPDX-License-Identifier: EPL-2.0
/** Values with a type that is known at run time: what a channel carries. */
@Export
@Version("1.1.0")
@NullMarked
package org.eclipse.kura.type;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
