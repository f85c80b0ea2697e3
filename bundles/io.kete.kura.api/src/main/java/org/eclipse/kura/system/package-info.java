// SPDX-License-Identifier: EPL-2.0
/** Facts about the gateway: hardware, system, directories. */
@Export
@Version("1.7.0")
@NullMarked
package org.eclipse.kura.system;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
