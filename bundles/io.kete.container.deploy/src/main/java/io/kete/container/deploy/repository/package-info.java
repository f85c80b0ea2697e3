// SPDX-License-Identifier: EPL-2.0
/**
 * Updates from a repository: a signed list of sums, an R5 index, packages. What is needed is
 * resolved here, fetched, checked, and handed over to be installed as a whole.
 */
@NullMarked
package io.kete.container.deploy.repository;

import org.jspecify.annotations.NullMarked;
