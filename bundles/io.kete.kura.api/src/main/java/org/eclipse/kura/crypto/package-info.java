// SPDX-License-Identifier: EPL-2.0
/** Protection of secrets in configuration and on disk. */
@Export
@Version("1.3.0")
@NullMarked
package org.eclipse.kura.crypto;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
