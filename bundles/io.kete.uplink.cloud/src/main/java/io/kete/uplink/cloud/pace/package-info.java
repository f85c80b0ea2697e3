// SPDX-License-Identifier: EPL-2.0
/** How fast, when, and how much a stream may send. Pure but for the file of the daily count. */
@NullMarked
package io.kete.uplink.cloud.pace;

import org.jspecify.annotations.NullMarked;
