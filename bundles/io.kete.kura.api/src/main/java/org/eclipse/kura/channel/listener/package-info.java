// SPDX-License-Identifier: EPL-2.0
/** How a driver tells of a value it was not asked for. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.channel.listener;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
