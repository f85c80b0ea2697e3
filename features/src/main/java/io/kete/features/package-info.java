// SPDX-License-Identifier: EPL-2.0
/** Makes the deployment packages of this project out of its bundles; part of the build only. */
@NullMarked
package io.kete.features;

import org.jspecify.annotations.NullMarked;
