// SPDX-License-Identifier: EPL-2.0
/** The definition of a configuration, after the OSGi metatype: read-only views. */
@Export
@Version("1.1.0")
@NullMarked
package org.eclipse.kura.configuration.metatype;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
