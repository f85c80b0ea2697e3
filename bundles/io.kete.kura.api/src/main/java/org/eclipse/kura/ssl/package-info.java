// SPDX-License-Identifier: EPL-2.0
/** TLS contexts from the gateway's key stores. */
@Export
@Version("2.1.0")
@NullMarked
package org.eclipse.kura.ssl;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
