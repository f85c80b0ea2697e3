// SPDX-License-Identifier: EPL-2.0
/** Measurements and proofs; started by the scripts in {@code benchmarks/proofs}. */
@NullMarked
package io.kete.benchmarks;

import org.jspecify.annotations.NullMarked;
