// SPDX-License-Identifier: EPL-2.0
/** Messages as publishers and request handlers see them. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.cloudconnection.message;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
