// SPDX-License-Identifier: EPL-2.0
/** Messages as topic and bytes: the store that keeps them and the transport that moves them. */
@Export
@Version("1.1.2")
@NullMarked
package org.eclipse.kura.data;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
