// SPDX-License-Identifier: EPL-2.0
/** Channels of an asset and the records that carry their values between assets and drivers. */
@Export
@Version("1.3.0")
@NullMarked
package org.eclipse.kura.channel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
