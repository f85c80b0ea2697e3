// SPDX-License-Identifier: EPL-2.0
/** Answering requests that come from a cloud platform. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.cloudconnection.request;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
