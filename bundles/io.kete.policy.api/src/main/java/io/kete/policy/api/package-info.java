// SPDX-License-Identifier: EPL-2.0
/**
 * What may leave the gateway in clear, and how the rest is sealed. Every exit asks the {@link
 * io.kete.policy.api.DataPolicy}: the buffer for blocks, everything else for single channels. What
 * the policy does not know is sensitive.
 */
@Export
@NullMarked
@Version("1.1.0")
package io.kete.policy.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
