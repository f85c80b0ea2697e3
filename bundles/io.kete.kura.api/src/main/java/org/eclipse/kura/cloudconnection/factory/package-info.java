// SPDX-License-Identifier: EPL-2.0
/** Making and removing whole cloud connections. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.cloudconnection.factory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
