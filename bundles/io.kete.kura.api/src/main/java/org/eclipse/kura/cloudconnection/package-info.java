// SPDX-License-Identifier: EPL-2.0
/** The connection to one cloud platform and what is published and asked through it. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.cloudconnection;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
