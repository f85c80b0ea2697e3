// SPDX-License-Identifier: EPL-2.0
/** Marks that say how a class behaves: threads, change, extension, absence. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.annotation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
