// SPDX-License-Identifier: EPL-2.0
/** What a console needs to know to show the channels of a driver. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.driver.descriptor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
