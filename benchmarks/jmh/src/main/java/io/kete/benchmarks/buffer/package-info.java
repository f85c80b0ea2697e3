// SPDX-License-Identifier: EPL-2.0
/** The programs of the proofs {@code buffer-*}: what the store promises, measured. */
package io.kete.benchmarks.buffer;
