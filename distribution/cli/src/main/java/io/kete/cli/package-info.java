// SPDX-License-Identifier: EPL-2.0
/**
 * The {@code kete} command: starts, stops and looks at a gateway on this machine. Exit codes are in
 * {@link io.kete.cli.ExitCode}.
 */
@NullMarked
package io.kete.cli;

import org.jspecify.annotations.NullMarked;
