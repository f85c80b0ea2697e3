// SPDX-License-Identifier: EPL-2.0
/** News of the message store. */
@Export
@Version("1.0.1")
@NullMarked
package org.eclipse.kura.data.listener;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
