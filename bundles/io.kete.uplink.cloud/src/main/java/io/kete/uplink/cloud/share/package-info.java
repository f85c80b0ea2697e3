// SPDX-License-Identifier: EPL-2.0
/**
 * What several streams have in common: one link. It is measured by its confirmations, and shared by
 * lane and priority.
 */
@NullMarked
package io.kete.uplink.cloud.share;

import org.jspecify.annotations.NullMarked;
