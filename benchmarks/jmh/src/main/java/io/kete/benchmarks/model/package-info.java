// SPDX-License-Identifier: EPL-2.0
/** Proofs about models: what is refused, and what a change of versions costs. */
@NullMarked
package io.kete.benchmarks.model;

import org.jspecify.annotations.NullMarked;
