// SPDX-License-Identifier: EPL-2.0
/** Running models on tensors, as far as Kura's inference engines offer it. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.ai.inference;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
