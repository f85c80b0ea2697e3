// SPDX-License-Identifier: EPL-2.0
/** The payload of a message to or from the cloud: time, position, metrics and a body. */
@Export
@Version("1.5.0")
@NullMarked
package org.eclipse.kura.message;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
