// SPDX-License-Identifier: EPL-2.0
/**
 * The definition of a configuration, to be filled in. Kura's assets expect the keys of a driver's
 * channels in exactly these classes, which its configuration bundle exports.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.core.configuration.metatype;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
