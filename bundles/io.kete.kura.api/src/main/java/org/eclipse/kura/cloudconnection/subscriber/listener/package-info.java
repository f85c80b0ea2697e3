// SPDX-License-Identifier: EPL-2.0
/** How a subscriber hands over what it received. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
