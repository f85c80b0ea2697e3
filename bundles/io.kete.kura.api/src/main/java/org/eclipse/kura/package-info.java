// SPDX-License-Identifier: EPL-2.0
/**
 * Error codes and exceptions shared by every Kura service. The message texts are Kete's own; the
 * codes are the contract.
 */
@Export
@Version("1.7.0")
@NullMarked
package org.eclipse.kura;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
