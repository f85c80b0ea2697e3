// SPDX-License-Identifier: EPL-2.0
/** Drivers: one protocol, many devices. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.driver;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
