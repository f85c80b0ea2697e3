// SPDX-License-Identifier: EPL-2.0
/** Assets: the things a gateway reads from and writes to, by channel name. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.asset;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
