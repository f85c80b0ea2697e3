// SPDX-License-Identifier: EPL-2.0
/**
 * Starts the gateway: takes the lock of the data directory, starts Apache Felix, installs the
 * bundles of the start list and waits. Everything else happens in bundles.
 */
@NullMarked
package io.kete.launcher;

import org.jspecify.annotations.NullMarked;
