// SPDX-License-Identifier: EPL-2.0
/** News of the transport. */
@Export
@Version("1.0.1")
@NullMarked
package org.eclipse.kura.data.transport.listener;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
