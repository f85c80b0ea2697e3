// SPDX-License-Identifier: EPL-2.0
/**
 * Makes the repository of a release: packages, bundles, their R5 index, sums of all files, one
 * signature over the whole. Runs in the build only; the same input gives the same bytes.
 */
@NullMarked
package io.kete.repository;

import org.jspecify.annotations.NullMarked;
