// SPDX-License-Identifier: EPL-2.0
/** Scenarios with the bundles as they ship. */
@NullMarked
package io.kete.itests.scenario;

import org.jspecify.annotations.NullMarked;
