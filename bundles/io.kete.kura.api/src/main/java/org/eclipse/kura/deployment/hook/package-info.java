// SPDX-License-Identifier: EPL-2.0
/** Taking part in the download and installation of software. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.deployment.hook;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
